// Run as a program by replace-files.test.ts: node endless-writer.ts <folder> <bytes per file> once|endless
import { join } from 'node:path';
import { replaceFiles } from '../../src/stores/replace-files.ts';

const [folder = '.', size = '0', mode] = process.argv.slice(2);
try {
  for (let round = 0; mode === 'endless' || round === 0; round++) {
    const bytes = new Uint8Array(Number(size)).fill('bc'.charCodeAt(round % 2));
    const files = ['report.json', 'report.ipynb', 'report.html'].map((name) => ({ path: join(folder, name), bytes }));
    await replaceFiles(files);
    console.log(`round ${round}`);
  }
} catch (error) {
  console.log(String(error));
}
