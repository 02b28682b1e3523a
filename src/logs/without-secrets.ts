import type { Logs, Monitored, Phase, Subject } from '../model/monitored.ts';
import { optional } from '../model/optional.ts';
import { maskSecrets } from './mask.ts';
import { lineMasker } from './mask-lines.ts';

/**
 * All text of it that others wrote, with secrets masked; what is masked already stays as it is. SageMaker's reason for a failure has the
 * end of what the script printed, and the command with its parameters.
 */
export function withoutSecrets(monitored: Monitored): Monitored {
  const { subject, logs, damage } = monitored;
  return {
    ...monitored,
    subject: subjectWithoutSecrets(subject),
    logs: logsWithoutSecrets(logs),
    damage: damage.map((one) => ({ ...one, detail: maskSecrets(one.detail) })),
  };
}

export function subjectWithoutSecrets(subject: Subject): Subject {
  const { failureReason, phases } = subject;
  return {
    ...subject,
    ...optional('failureReason', failureReason === undefined ? undefined : maskSecrets(failureReason)),
    phases: phases.map((phase: Phase) =>
      phase.message === undefined ? phase : { ...phase, message: maskSecrets(phase.message) },
    ),
  };
}

function logsWithoutSecrets(logs: Logs): Logs {
  return { ...logs, lines: logs.lines.map(lineMasker()) };
}
