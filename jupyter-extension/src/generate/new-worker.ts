/**
 * The worker that makes reports. It comes as text and not as a file: where `jupyter labextension install` builds JupyterLab anew, that build
 * cuts a worker's file into parts which the worker then does not find.
 */
export async function newWorker(): Promise<Worker> {
  const { default: text } = await import('./worker.ts?text');
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
