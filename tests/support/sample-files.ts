const iso = (...brands: [string, ...string[]]): Buffer => {
  const body = Buffer.from(`ftyp${brands[0]}\0\0\0\0${brands.join('')}`, 'latin1');
  return Buffer.concat([
    Buffer.from([0, 0, 0, body.length + 4]),
    body,
    Buffer.from([0, 0, 0, 8]),
    Buffer.from('meta'),
  ]);
};

/** The beginning of a real file of each type that may be uploaded. */
export const sampleFiles = {
  'image/jpeg': Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0\x01\x01', 'latin1'),
  ]),
  'image/png': Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    Buffer.from('IHDR'),
    Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]),
  ]),
  'image/webp': Buffer.concat([Buffer.from('RIFF'), Buffer.from([0x1a, 0, 0, 0]), Buffer.from('WEBPVP8L')]),
  'image/heic': iso('heic', 'mif1'),
  'image/heif': iso('mif1'),
  'image/avif': iso('avif', 'miaf'),
  'application/pdf': Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n', 'latin1'),
  'text/plain': Buffer.from('Ничего не течёт, but the drum is loud.\n'),
} as const;
