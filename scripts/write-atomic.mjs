import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file so that whoever reads it meanwhile sees the old one or the new one, whole. */
export function writeAtomic(file, contents) {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, file);
}
