/** A PDF by hand, as the standard's own first example has it: one page a text. */
export function pdf(...pages: readonly string[]): Uint8Array {
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.map((_, n) => `${4 + n * 2} 0 R`).join(' ')}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((text, n) => {
      const stream = `BT /F1 12 Tf 20 200 Td ${text.split('\n').map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj 0 -20 Td`).join(' ')} ET`;
      return [`<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents ${5 + n * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`, `<</Length ${stream.length}>>stream\n${stream}\nendstream`];
    }),
  ];
  let text = '%PDF-1.4\n';
  const places = bodies.map((body, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj${body}endobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer<</Root 1 0 R/Size ${bodies.length + 1}>>\nstartxref\n${start}\n%%EOF`;
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
