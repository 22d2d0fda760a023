const APART_MS = 2000;
const TONES: readonly (readonly [hertz: number, atSec: number])[] = [
  [740, 0],
  [988, 0.12],
];

let context: AudioContext | undefined;
let lastAtMs = 0;

/** Two short tones, at most every two seconds. Browsers let a page be heard only after somebody has clicked in it. */
export const ring = (): void => {
  if (navigator.userActivation?.hasBeenActive === false) return;
  const now = Date.now();
  if (now - lastAtMs < APART_MS) return;
  lastAtMs = now;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const [hertz, at] of TONES) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.12, currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, currentTime + at + 0.25);
    tone.connect(volume).connect(destination);
    tone.start(currentTime + at);
    tone.stop(currentTime + at + 0.3);
  }
};
