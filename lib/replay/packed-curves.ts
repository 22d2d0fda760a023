import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadonlyDeep } from '../platform/storage/stored-schema.ts';
import { type Curves, curvesView } from './curves-view.ts';

/** First byte of what is packed: another form comes with another number, and this one stays readable. */
const PACKED_VERSION = 1;

export const noCurves: Curves = { series: null, moved: null };

/** As they are stored: 744 steps of three lines in two simulations are 100 KB of text, an eighth of it packed. */
export const packedCurves = (curves: ReadonlyDeep<Curves>): Uint8Array =>
  Buffer.concat([Buffer.of(PACKED_VERSION), deflateRawSync(JSON.stringify(curves))]);

/** Nothing where the bytes are of a form that this version does not know: they are shown, and decide nothing. */
export const unpackedCurves = (bytes: Uint8Array | undefined): Curves => {
  if (bytes?.[0] !== PACKED_VERSION) return noCurves;
  return curvesView().parse(JSON.parse(inflateRawSync(bytes.subarray(1)).toString()));
};
