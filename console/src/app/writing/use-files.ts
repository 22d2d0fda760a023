import { useRef, useState } from 'react';
import type { SentFile } from './queue.ts';
import { MAX_FILES, uploadFile } from './uploads.ts';

export interface ChosenFile {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** 0 to 1. */
  readonly part: number;
  readonly uploadId?: string;
  readonly problem?: unknown;
}

export interface Files {
  readonly chosen: readonly ChosenFile[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: string) => void;
  readonly clear: () => void;
  /** All through; sending waits for it. */
  readonly ready: boolean;
  readonly sent: readonly SentFile[];
}

/** Files beside a text: each uploads on its own while the text is being typed. */
export const useFiles = (): Files => {
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const patch = (key: string, fields: Partial<ChosenFile>): void =>
    setChosen((before) => before.map((one) => (one.key === key ? { ...one, ...fields } : one)));

  const start = (file: File): ChosenFile => {
    const key = crypto.randomUUID();
    const controller = new AbortController();
    running.current.set(key, controller);
    uploadFile(file, key, { onPart: (part) => patch(key, { part }), signal: controller.signal }).then(
      (uploadId) => patch(key, { uploadId, part: 1 }),
      (problem: unknown) => patch(key, { problem }),
    );
    return { key, name: file.name, sizeBytes: file.size, part: 0 };
  };

  return {
    chosen,
    add: (files) => {
      const more = [...files].slice(0, Math.max(0, MAX_FILES - chosen.length)).map(start);
      setChosen((before) => [...before, ...more]);
    },
    remove: (key) => {
      running.current.get(key)?.abort();
      setChosen((before) => before.filter((one) => one.key !== key));
    },
    clear: () => setChosen([]),
    ready: chosen.every(({ uploadId }) => uploadId !== undefined),
    sent: chosen.flatMap(({ uploadId, name, sizeBytes }) =>
      uploadId === undefined ? [] : [{ uploadId, fileName: name, sizeBytes }],
    ),
  };
};
