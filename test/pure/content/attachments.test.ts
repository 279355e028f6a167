import { safeName, uploadDefects, uploadLimit } from '../../../src/content/attachments.js';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF');
const file = { purpose: 'consentPaper', name: '批复.pdf', bytes: pdf, declaredUnclassified: true };
const codes = async (change: Partial<typeof file>) => (await uploadDefects({ ...file, ...change })).defects.map((d) => `${d.field}:${d.code}`);

describe('uploads', () => {
  it('a real PDF is taken', async () => expect(await codes({})).toEqual([]));
  it('a script behind a right name is refused', async () => expect(await codes({ bytes: Buffer.from('<script>alert(1)</script>') })).toEqual(['file:wrong-type']));
  it('a PDF behind a wrong name is refused with both named', async () => {
    const { defects } = await uploadDefects({ ...file, name: '批复.docx' });
    expect(defects[0]!.sentence.zh).toContain('.docx');
    expect(defects[0]!.sentence.zh).toContain('PDF');
  });
  it('zero bytes are refused', async () => expect(await codes({ bytes: Buffer.alloc(0) })).toEqual(['file:empty']));
  it('one byte over the limit is refused, whatever it is', async () => expect(await codes({ bytes: Buffer.alloc(uploadLimit + 1) })).toEqual(['file:too-large']));
  it('nothing is taken without 不涉密，已审查', async () => expect(await codes({ declaredUnclassified: false })).toEqual(['declaredUnclassified:not-declared']));

  it('a name cannot leave its folder, hide its ending or turn the text round, and keeps rare characters', () => {
    expect(safeName('../../etc/passwd')).toBe('passwd');
    expect(safeName('C:\\公文\\批复.pdf')).toBe('批复.pdf');
    expect(safeName('批\u202Efdp.exe')).toBe('批fdp.exe');
    expect(safeName('..')).toBe('附件');
    expect(safeName('䶮堃镕𠮷.pdf')).toBe('䶮堃镕𠮷.pdf');
    expect([...safeName(`${'长'.repeat(300)}.pdf`)]).toHaveLength(120);
    expect(safeName(`${'长'.repeat(300)}.pdf`)).toMatch(/\.pdf$/);
  });
});
