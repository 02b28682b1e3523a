import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { JSONExt, type PartialJSONObject } from '@lumino/coreutils';
import type { Choice } from '../../../src/consent/decide.ts';
import { type Kept, withChoice } from '../../../src/consent/inputs.ts';
import { PACKAGE } from '../ids.ts';
import { type LabSettings, readSettings } from './settings.ts';

const ID = `${PACKAGE}:plugin`;

/** Of the lock that the windows of this lab take. */
const LOCK = `${PACKAGE}:answers`;

/** The settings of the lab, read and written one after the other: the lab joins what it fetches at the same time. */
export class Store {
  readonly #registry: ISettingRegistry;
  readonly #changed: () => void;
  /** The server could not give out the settings when it was last asked. */
  #failed = false;
  /** A no that could not be kept; it counts as long as the page is open. */
  #held: Choice | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(registry: ISettingRegistry, changed: () => void) {
    this.#registry = registry;
    this.#changed = changed;
    registry.pluginChanged.connect((_, id) => {
      if (id === ID) changed();
    });
  }

  get settings(): LabSettings {
    const plugin = this.#registry.plugins[ID];
    const read = readSettings(overrideOf(plugin), plugin?.data.user ?? {});
    return {
      ...read,
      choices: this.#held ? withChoice(read.choices, this.#held) : read.choices,
      unreadable: read.unreadable || this.#failed || plugin === undefined,
    };
  }

  /** Never rejects: settings that cannot be read are `unreadable`. */
  async load(): Promise<void> {
    await this.#registry.load(ID).catch(() => {
      this.#failed = true;
    });
  }

  /** Fetches the settings, which another tab may have changed. Never rejects, as above. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#fetch());
  }

  /** Replaces the answers as they are now on the server. Rejects with a line for people where that cannot be; `no` is then held on to. */
  write(change: (kept: Kept) => readonly Choice[], no?: Choice): Promise<void> {
    return this.#inTurn(() =>
      alone(async () => {
        try {
          await this.#fetch();
          if (this.#failed) throw new Error("JupyterLab's settings of this extension cannot be read: mend or remove their file.");
          const choices = change(this.settings);
          await this.#registry.set(ID, 'choices', choices as unknown as PartialJSONObject[]).catch(({ message }) => {
            throw new Error(`JupyterLab could not write its settings (${message}): check that their folder can be written.`);
          });
          this.#held = undefined;
        } catch (error) {
          this.#held = no ?? this.#held;
          await this.#fetch(); // the lab believes what it could not write
          throw error;
        } finally {
          this.#changed();
        }
      }),
    );
  }

  /** Tells of a change only where there is one: an editor of the settings would lose what is being written in it. */
  async #fetch(): Promise<void> {
    const failed = this.#failed;
    try {
      const [fetched, known] = [await this.#registry.connector.fetch(ID), this.#registry.plugins[ID]];
      const same = fetched?.raw === known?.raw && JSONExt.deepEqual(overrideOf(fetched) ?? null, overrideOf(known) ?? null);
      if (!same || known === undefined) await this.#registry.reload(ID);
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    if (failed !== this.#failed) this.#changed();
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => {});
    return result;
  }
}

/** The settings are written as a whole: two windows that do so at the same time would lose one of the answers. */
function alone<T>(action: () => Promise<T>): Promise<T> {
  // Browsers have locks on https and on this machine alone.
  return navigator.locks ? navigator.locks.request(LOCK, action) : action();
}

/** What an administrator set; see `readSettings`. */
function overrideOf(plugin: ISettingRegistry.IPlugin | undefined) {
  return plugin?.schema.properties?.usageStatistics?.default;
}
