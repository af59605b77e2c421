import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.js';

describe('parseArguments', () => {
  it('fills in the defaults', () => {
    expect(parseArguments(['problem.json'])).toEqual({
      file: 'problem.json',
      seconds: 10,
      moves: null,
      seed: 1,
      starts: null,
      workers: null,
      bound: null,
      levels: 'top-down',
      out: null,
    });
  });

  it('reads every option, before and behind the file', () => {
    const argv = [
      '--seconds',
      '.5',
      '--moves=1000',
      'p.json.gz',
      '--seed',
      '0',
      '--starts',
      '8',
      '--workers',
      '2',
      '--bound',
      '0',
      '--levels',
      'bottom-up',
      '--out',
      'plan.json',
    ];
    expect(parseArguments(argv)).toEqual({
      file: 'p.json.gz',
      seconds: 0.5,
      moves: 1000,
      seed: 0,
      starts: 8,
      workers: 2,
      bound: 0,
      levels: 'bottom-up',
      out: 'plan.json',
    });
  });

  it('sets no time limit when moves are limited', () => {
    expect(parseArguments(['p.json', '--moves', '5'])?.seconds).toBeNull();
  });

  it('asks for the usage', () => {
    expect(parseArguments(['--help'])).toBeNull();
  });

  it.each([
    [[], 'FILE must be exactly one problem document'],
    [['a.json', 'b.json'], 'FILE must be exactly one problem document'],
    [['a', '--seconds', '0'], '--seconds must be a number above 0'],
    [['a', '--seconds=-1'], '--seconds must be'],
    [['a', '--seconds', 'ten'], '--seconds must be'],
    [['a', '--seconds', 'Infinity'], '--seconds must be'],
    [['a', '--seconds', ''], '--seconds must be'],
    [['a', '--seconds', '1e9'], '--seconds must be'],
    [['a', '--moves', '0'], '--moves must be an integer from 1'],
    [['a', '--moves', '1.5'], '--moves must be'],
    [['a', '--seed', '4294967296'], '--seed must be an integer from 0 to 4294967295'],
    [['a', '--starts', '1025'], '--starts must be an integer from 1 to 1024'],
    [['a', '--workers', '65'], '--workers must be an integer from 1 to 64'],
    [['a', '--workers', '0'], '--workers must be'],
    [['a', '--out='], '--out must name a file'],
    [['a', '--out'], '--out'],
    [['a', '--moves'], '--moves'],
    [['a', '--colour', 'red'], '--colour'],
    [['a', '-s', '1'], '-s'],
    [['a', '--help=no'], '--help'],
  ])('rejects %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
  });
});
