/** Where the browser tests find Chromium, and how a machine without one gets it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium: `$CHROMIUM`, else the first of the usual places; null when there is none. */
export function findBrowser() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (!existsSync(CHROMIUM)) throw new Error(`CHROMIUM is set to ${CHROMIUM}, which does not exist`);
    return CHROMIUM;
  }
  return PLACES.find((place) => existsSync(place)) ?? null;
}

/** As `findBrowser`, but installs Debian's headless Chromium where that is possible, and throws where it is not. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    run('update');
    run('install', '-y', '--no-install-recommends', 'chromium-headless-shell');
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error('The browser tests need Chromium: install it, or set CHROMIUM to the path of one');
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) console.log(ensureBrowser());
