import type { Contents } from '@jupyterlab/services';
import type { ReportWidget } from './widget.ts';

/** How often the file of a report that is looked at is compared with what is shown. */
const MILLISECONDS = 5000;

/**
 * Reads the file anew when it was written, by this lab or by anybody else. An editor of the same file shares what is read: what somebody
 * has changed there and not saved stays. Gives back how to stop.
 */
export function watchFile(widget: ReportWidget, contents: Contents.IManager): () => void {
  const { context } = widget;
  /** Each writing is read once, whether that succeeds or not: the lab itself says where it does not. */
  let tried: string | undefined;
  const read = async (written: string | undefined) => {
    if (widget.isDisposed || context.model.dirty || written === undefined) return;
    if (written === tried || written === context.contentsModel?.last_modified) return;
    tried = written;
    await context.revert().catch(() => undefined);
  };
  const saved = (_: unknown, { type, newValue }: Contents.IChangedArgs) => {
    if (type === 'save' && newValue?.path === context.path) void read(newValue.last_modified);
  };
  const look = async () => {
    if (!widget.isVisible || document.hidden) return;
    // A file that is gone, or a server that is away, leaves the report as it is.
    const file = await contents.get(context.path, { content: false }).catch(() => undefined);
    await read(file?.last_modified);
  };
  contents.fileChanged.connect(saved);
  const timer = window.setInterval(() => void look(), MILLISECONDS);
  return () => {
    contents.fileChanged.disconnect(saved);
    window.clearInterval(timer);
  };
}
