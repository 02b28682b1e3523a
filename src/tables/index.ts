import { activityTable } from './activity.ts';
import { devicesTable } from './devices.ts';
import { dataLoaderTable, frameworkTable } from './framework.ts';
import { jobTable } from './job.ts';
import { phasesTable } from './phases.ts';
import { callersTable, functionsTable, profilesTable } from './python.ts';
import { stepsTable } from './steps.ts';
import { systemTable } from './system.ts';
import type { DataTable, TableInput, TableName } from './table.ts';
import { utilizationTable } from './utilization.ts';

/** All tables there are, by name. */
export const TABLES: Readonly<Record<TableName, (input: TableInput) => DataTable>> = {
  system: systemTable,
  framework: frameworkTable,
  dataloader: dataLoaderTable,
  activity: activityTable,
  job: jobTable,
  steps: stepsTable,
  utilization: utilizationTable,
  devices: devicesTable,
  phases: phasesTable,
  profiles: profilesTable,
  functions: functionsTable,
  callers: callersTable,
};
