/** The header that names a file to the browser. File names keep their Chinese; the plain form beside it is for old programs. */
export function disposition(download: boolean, name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `${download ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
