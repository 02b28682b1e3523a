import type { MonitoredSectionMaker } from './section.ts';

export const rules: MonitoredSectionMaker = () => ({ id: 'rules', title: 'Rules', blocks: [{ kind: 'rules' }] });
