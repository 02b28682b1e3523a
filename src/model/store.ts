/** A place that holds files: a folder, an S3 prefix, the contents of a JupyterLab. */
export interface Store {
  /** For messages: `/data/job` or `s3://bucket/prefix`. */
  readonly location: string;
  /** All files below, in any order; paths relative to the store with `/` between parts. */
  list(): AsyncIterable<StoreEntry>;
  /** Rejects with a UsageError where the file cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** The file, or undefined where there is none. */
  readIfPresent(path: string): Promise<Uint8Array | undefined>;
  /** The same file piece by piece, for files that may be large; a piece is valid until the next one is asked for. */
  readChunks(path: string): AsyncIterable<Uint8Array>;
  /** Writes all files or leaves every existing one whole; see docs/architecture.md. */
  writeAll(files: readonly OutputFile[]): Promise<void>;
  /** Writes one large file piece by piece, whole or not at all. */
  writeChunks(path: string, chunks: AsyncIterable<Uint8Array>, contentType: string): Promise<void>;
}

export interface StoreEntry {
  readonly path: string;
  readonly bytes: number;
}

export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Left out, the file that is replaced keeps its own, and whatever else is kept with it. */
  readonly contentType?: string;
}
