/**
 * The guides tell the truth: the blocks marked `ts run` of each page run as one program against the built package, and
 * print what its blocks marked `text output` show.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const GUIDES = join(import.meta.dirname, '../../docs');
// inside the package, so that programs find it by its own name
const PROGRAMS = join(import.meta.dirname, 'programs');

afterAll(() => rmSync(PROGRAMS, { recursive: true, force: true }));

const pages = readdirSync(GUIDES)
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({
    name,
    blocks: [...readFileSync(join(GUIDES, name), 'utf8').matchAll(/```(ts run|text output)\n([\s\S]*?)```/g)],
  }))
  .filter(({ blocks }) => blocks.some(([, language]) => language === 'ts run'));

const textOf = (blocks: RegExpMatchArray[], wanted: string) =>
  blocks.flatMap(([, language, text]) => (language === wanted ? [text!] : [])).join('');

describe('the guides', () => {
  it('are there', () => expect(pages.map(({ name }) => name)).toContain('constraints.md'));

  it.each(pages)('$name prints what it shows', async ({ name, blocks }) => {
    mkdirSync(PROGRAMS, { recursive: true });
    const file = join(PROGRAMS, name.replace('.md', '.mjs'));
    const { outputText, diagnostics } = ts.transpileModule(textOf(blocks, 'ts run'), {
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    expect(diagnostics).toEqual([]);
    writeFileSync(file, outputText);
    const { stdout } = await run(process.execPath, [file]);
    expect(stdout).toBe(textOf(blocks, 'text output'));
  });
});
