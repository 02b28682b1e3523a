import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { UsageError } from '../model/errors.ts';
import { allRules, ENDPOINT_RULES, JOB_RULES } from '../rules/index.ts';
import type { AddedRule, AddedRuleRun } from '../rules/rule.ts';
import { fileError } from '../stores/file-errors.ts';

const Text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'));
const Callable = v.function('must be a function');
const Limit = v.number('must be a number');

const OwnRule = v.object(
  {
    name: v.pipe(Text, v.regex(/^[A-Za-z][A-Za-z0-9]*$/, 'must be letters and digits, such as MyRule')),
    title: Text,
    defaults: v.optional(v.record(v.string(), v.union([v.string(), v.number()], 'must be a text or a number')), {}),
    ranges: v.optional(v.record(v.string(), v.tuple([Limit, Limit], 'must be [least, largest]'))),
    checks: Callable,
    run: Callable,
  },
  'must be an object with name, title, checks and run',
);

const Seconds = v.pipe(v.number('must be seconds since the epoch'), v.finite('must be seconds since the epoch'));
const OwnRun = v.object(
  {
    judgement: v.object(
      {
        verdict: v.picklist(['issue', 'ok', 'not judged', 'error'], 'must be issue, ok, not judged or error'),
        reason: Text,
        finding: Text,
        action: v.optional(Text),
        weight: v.optional(Limit),
      },
      'must be an object with verdict, reason and finding',
    ),
    issues: v.array(
      v.object(
        {
          node: v.optional(Text),
          device: v.optional(Text),
          evidence: Text,
          spans: v.array(v.object({ startSeconds: Seconds, endSeconds: Seconds }), 'must be a list of spans'),
        },
        'must be an object with evidence and spans',
      ),
      'must be a list',
    ),
  },
  'must be an object with judgement and issues',
);

/** Loads the rules that these files have as default exports. Rejects with a UsageError where one has none, or its name is taken. */
export async function ownRules(files: readonly string[]): Promise<AddedRule[]> {
  const rules: AddedRule[] = [];
  for (const file of files) {
    const rule = await ownRule(file);
    const taken = [...allRules(rules), ...JOB_RULES, ...ENDPOINT_RULES].some(
      ({ name }) => name.toLowerCase() === rule.name.toLowerCase(),
    );
    if (taken) throw new UsageError(`--rule ${file}: there is a rule ${rule.name} already: give it another name.`);
    rules.push(rule);
  }
  return rules;
}

async function ownRule(file: string): Promise<AddedRule> {
  const path = resolve(file);
  await access(path).catch((error) => {
    throw fileError(error, 'read', file);
  });
  const module = await import(pathToFileURL(path).href).catch((error) => {
    throw new UsageError(`--rule ${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  });
  const rule = checked(OwnRule, module.default, (where) => {
    throw new UsageError(`--rule ${file}: its default export${where} (docs/adding-a-rule.md).`);
  });
  const defaults = Object.fromEntries(Object.entries(rule.defaults).map(([name, value]) => [name, String(value)]));
  return {
    ...(rule as unknown as AddedRule),
    defaults,
    checks: (parameters) => sentence(() => rule.checks(parameters)),
    // What it returns goes into the report: a slip is that rule's error, told as such.
    run: (run, context) => {
      const made: unknown = rule.run(run, context);
      if (made instanceof Promise) {
        // Nobody waits for it, and its failure must not end the run.
        made.catch(() => {});
        throw new Error('run is async: what it returns must be there at once');
      }
      return checked(OwnRun, made, (where) => {
        throw new Error(`what run returns${where}`);
      }) as AddedRuleRun;
    },
  };
}

/** What a rule says it checks; a slip in that costs the sentence, not the report. */
function sentence(tell: () => unknown): string {
  try {
    const told = tell();
    if (typeof told === 'string' && told !== '') return told;
    return 'What it checks is not told: `checks` gives no text.';
  } catch (error) {
    return `What it checks is not told: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, refuse: (where: string) => never): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return output;
  const [issue] = issues;
  const path = v.getDotPath(issue);
  const message = issue.received === 'undefined' && path ? 'is missing' : issue.message;
  return refuse(path ? `: ${path} ${message}` : ` ${message}`);
}
