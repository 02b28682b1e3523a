import type { Contents } from '@jupyterlab/services';
import type { ReportWidget } from './widget.ts';

/** How often the file of a report that is looked at is compared with what is shown. */
const MILLISECONDS = 5000;

/** Reads the file anew when it was written, by this lab or by anybody else. Gives back how to stop. */
export function watchFile(widget: ReportWidget, contents: Contents.IManager): () => void {
  const { context } = widget;
  const read = async (written: string | undefined) => {
    if (widget.isDisposed || written === undefined || written === context.contentsModel?.last_modified) return;
    await context.revert();
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
