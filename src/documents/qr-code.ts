import QRCode from 'qrcode';

/** A QR code as the path of an SVG with one unit per module, without quiet zone; `size` is its edge in modules. */
export function qrCode(content: string): { path: string; size: number } {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      let end = column + 1;
      while (end < modules.size && modules.get(row, end)) end += 1;
      path += `M${column} ${row}h${end - column}v1H${column}z`;
      column = end;
    }
  }
  return { path, size: modules.size };
}
