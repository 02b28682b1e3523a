// Preloaded into a measured process: tells its peak memory (kB) on the fourth file descriptor as it ends.
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => writeSync(3, String(peakKilobytes())));

/** On Linux resourceUsage() starts from the parent's peak, which the child inherits; the status file does not. */
function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}
