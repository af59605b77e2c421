import { main } from './main.js';

const stop = new AbortController();
// Once: a second Ctrl-C ends the process the hard way.
process.once('SIGINT', () => stop.abort(new Error('stopped before there was a plan')));

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  signal: stop.signal,
});
