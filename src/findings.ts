import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { serviceScope } from './measures/service-scope.ts';
import { FINDINGS_FORMAT, FINDINGS_FORMAT_VERSION, type Findings, type FoundByRule } from './model/findings.ts';
import { optional } from './model/optional.ts';
import type { Report, RuleResult } from './model/report.ts';
import type { Analysis, RuleOutput } from './model/rule-output.ts';

/** What goes into `findings.json`. */
export function findingsOf({ tool, job, rules }: Report, { files }: RuleOutput, { run, mode, issues }: Analysis): Findings {
  const scope = serviceScope(run);
  return {
    format: FINDINGS_FORMAT,
    formatVersion: FINDINGS_FORMAT_VERSION,
    tool,
    mode,
    job,
    rules: rules.map((result) => foundBy(result, issues)),
    damage: run.damage,
    ended: run.ended,
    ...optional(
      'droppedByService',
      scope && { ...optional('afterSeconds', scope.endSeconds), samples: scope.rows, events: scope.events },
    ),
    files: Object.fromEntries([...files].map(([name, bytes]) => [`${name}.json`, bytesToHex(sha256(bytes))])),
  };
}

function foundBy(result: RuleResult, issues: Analysis['issues']): FoundByRule {
  const { issues: _first, issueCount: _count, sectionId: _anchor, ...told } = result;
  return { ...told, issues: issues.get(result.rule) ?? [] };
}
