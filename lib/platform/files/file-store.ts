/** Bucket and key of a file. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Address and form fields for one POST from a browser. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Record<string, string>;
}

/** How a file begins, and what that says. */
export interface FileHead {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** MIME types of which a file begins so; text has none. */
  readonly types: readonly string[];
  readonly etag: string;
}

/** A store of files. Browsers send to it and read from it themselves, with leave that runs out. */
export interface FileStore {
  /** Permission to upload a file of exactly this type and at most this size under one key. */
  uploadForm(
    place: Place,
    leave: { contentType: string; maxBytes: number; expiresSec: number },
  ): Promise<UploadForm>;
  /** The first `headBytes` of a file; undefined when there is none, or an empty one. */
  findHead(place: Place, headBytes: number): Promise<FileHead | undefined>;
  /** Copies exactly the version with this ETag. False when it is gone. Doing it twice is doing it once. */
  copy(from: Place, to: Place, version: { etag: string; contentType: string }): Promise<boolean>;
  /** Puts a file of ours, replacing what is there. */
  put(place: Place, file: { text: string; contentType: string }): Promise<void>;
  /** A file of ours, whole; undefined when there is none. */
  findText(place: Place): Promise<string | undefined>;
  /** An address to fetch a file from under this name and type, as a download and never inline. */
  readUrl(
    place: Place,
    leave: { fileName: string; contentType: string; expiresSec: number },
  ): Promise<string>;
}
