import type { SectionMaker } from './section.ts';

export const rules: SectionMaker = () => ({ id: 'rules', title: 'Rules', blocks: [{ kind: 'rules' }] });
