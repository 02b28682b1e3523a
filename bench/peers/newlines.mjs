// The limit: finding every line feed in the files of a job, and nothing else.
import { closeSync, globSync, openSync, readSync } from 'node:fs';

const buffer = new Uint8Array(2 ** 18);
let lines = 0;
for (const path of globSync(`${process.argv[2]}/profiler-output/**/*.json`)) {
  const file = openSync(path);
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
    const piece = buffer.subarray(0, read);
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
  }
  closeSync(file);
}
console.log(lines, 'lines');
