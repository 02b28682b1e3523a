import { conditionLines } from '../../conditions/lines.ts';
import { parseCondition } from '../../conditions/parse.ts';
import { isFailed } from '../../conditions/results.ts';
import type { SubjectKind } from '../../model/monitored.ts';
import { monitor as report } from '../../monitor.ts';
import { ENDPOINT_RULES, minuteRules } from '../../rules/index.ts';
import { statisticsFor } from '../../rules/run-rules.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFormats } from '../formats.ts';
import { askedOf, type MonitoredOptions, watchSeconds } from '../monitor-options.ts';
import { documentOf, lineOf, type Seen, screenOf } from '../monitor-summary.ts';
import { startProgress } from '../progress.ts';
import { readMonitored } from '../read-monitored.ts';
import { parametersFor } from '../rule-options.ts';
import { stopRequested } from '../signals.ts';
import { painter, print, printable, type Terminal } from '../terminal.ts';
import { watch } from '../watch.ts';
import { openPlaces, type PlaceOptions, writeMonitored } from '../write-monitored.ts';

interface MonitorOptions extends MonitoredOptions, PlaceOptions {
  readonly format: string;
  readonly param?: readonly string[];
  readonly failOn?: readonly string[];
  readonly quiet?: boolean;
}

/** Reports on a job or endpoint, once or until it is stopped; returns the code to end with. */
export async function monitor(kind: SubjectKind, name: string, options: MonitorOptions, terminal: Terminal): Promise<number> {
  const formats = parseFormats(options.format);
  const parameters = parametersFor(kind === 'endpoint' ? ENDPOINT_RULES : minuteRules(), options.param ?? []);
  const conditions = (options.failOn ?? []).map((text) => parseCondition(text, kind));
  const statistics = [...conditions, ...(kind === 'endpoint' ? statisticsFor(parameters) : [])];
  const asked = () => ({ ...askedOf(kind, name, options, Date.now() / 1000), statistics });
  const intervalSeconds = watchSeconds(options);
  // Wrong use and a wrong place are told before a long fetch.
  asked();
  const places = await openPlaces(name, options);
  const visible = !options.quiet && !options.json;

  const look = async (): Promise<Seen> => {
    const progress = startProgress(terminal, options.from ? 'the files' : 'CloudWatch', visible);
    const monitored = await readMonitored(asked(), options, progress.say).finally(progress.stop);
    return { monitored, ...(await report(monitored, { formats, parameters, conditions })) };
  };
  const write = (seen: Seen) => writeMonitored(places, seen.monitored, seen, options.force ?? false);

  if (intervalSeconds === undefined) {
    const seen = await look();
    const written = await write(seen);
    if (options.json) terminal.stdout.write(`${JSON.stringify(documentOf(seen, written), null, 2)}\n`);
    else if (visible) print(terminal, screenOf(seen, written, painter(terminal)));
    const failed = seen.conditions.filter((one) => isFailed([one]));
    // Silent does not mean that nobody learns why it failed.
    if (options.quiet && !options.json)
      terminal.stderr.write(
        conditionLines(failed)
          .map((line) => `${printable(line)}\n`)
          .join(''),
      );
    return failed.length > 0 ? EXIT.findings : EXIT.fine;
  }
  await watch({
    intervalSeconds,
    stopped: stopRequested(),
    look,
    write: async (seen) => lineOf(seen, await write(seen)),
    say: (line) => visible && print(terminal, [line]),
    complain: (line) => terminal.stderr.write(`profiler-report: ${printable(line)}\n`),
  });
  // A request that is under way would keep the process.
  process.exit(EXIT.fine);
}
