import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JSHandle, Locator, Page } from 'playwright-core';
import type { IUsage, Question } from '../../jupyter-extension/src/usage/token.ts';
import { readKept } from '../../src/consent/inputs.ts';
import { plainJson } from '../../src/consent/plain-json.ts';
import type { Lab } from './lab.ts';

export const ENDPOINT = 'https://stats.example.org/team/';
export const QUESTION: Question = {
  endpoint: ENDPOINT,
  policyVersion: 1,
  url: `${ENDPOINT}?x-artifact-id=profiler-report/0&x-arn=arn:aws:sagemaker:eu-west-1:123456789012:processing-job/a-profilerreport-1`,
  name: 'profiler-report.html',
};

/** The service that the other plugins of the extension get. */
export function usageService(page: Page): Promise<JSHandle<IUsage>> {
  return page.evaluateHandle(() => {
    type Plugins = { get(id: string): { service: IUsage } };
    const { jupyterapp } = window as unknown as { jupyterapp: { pluginRegistry?: { _plugins: Plugins }; _plugins: Plugins } };
    return (jupyterapp.pluginRegistry ?? jupyterapp)._plugins.get('profiler-report-jupyterlab:plugin').service;
  });
}

/** What the decision would be for the question. */
export function decision(usage: JSHandle<IUsage>) {
  return usage.evaluate((service, { endpoint, policyVersion }) => service.decide({ endpoint, policyVersion }), QUESTION);
}

export interface Asked {
  readonly dialog: Locator;
  button(name: string): Locator;
  /** What was answered, in the end. */
  readonly answer: Promise<string>;
}

/** Opens the question, as another plugin would. */
export async function asked(page: Page, usage: JSHandle<IUsage>, answers = ['once', 'always', 'never', 'later']): Promise<Asked> {
  const answer = usage.evaluate((service, given) => service.ask(...given), [QUESTION, answers] as never as Parameters<
    IUsage['ask']
  >);
  const dialog = page.locator('.profiler-report-usage');
  await dialog.waitFor();
  return { dialog, button: (name) => dialog.getByRole('button', { name }), answer };
}

/** The viewer's settings of the extension. */
export const settingsFile = (lab: Lab) => join(lab.settingsFolder, 'plugin.jupyterlab-settings');

/** Answers on disk, shortly. */
export function onDisk(lab: Lab): string[] {
  const { choices } = readKept(plainJson(readFileSync(settingsFile(lab), 'utf8')));
  return choices.map(({ answer, endpoint }) => `${answer} ${endpoint}`);
}

/** What the fifth cell of a notebook decides in a kernel of this lab: allowed, source, reason. */
export function kernelDecides(lab: Lab): [boolean, string, string] {
  const [python, script] = ['../../.venv/bin/python', '../python/consent.py'].map((path) => join(import.meta.dirname, path));
  const env = { HOME: lab.root, JUPYTERLAB_SETTINGS_DIR: dirname(lab.settingsFolder) };
  const input = JSON.stringify({ action: 'viewerDecides', items: [[lab.root, env, ENDPOINT]] });
  return JSON.parse(execFileSync(python ?? '', [script ?? ''], { input, encoding: 'utf8' }))[0];
}
