import { LivingCity, type Unit } from '../exits/living-city.js';
import { bring, openYear, planIn, reportFields, typed, write, type Typed } from '../exits/plan-life.js';

let city: LivingCity;
let unit: Unit;
let plan: string;
let good: Typed;
let townships: string[];
beforeAll(async () => {
  city = await LivingCity.found('bad-values');
  unit = city.unit('lixia');
  ({ plan } = await openYear(city, 'lixia'));
  good = await typed(city, 'lixia');
  await write(city, 'lixia', plan, good);
  townships = (await city.rows('select code from township where unit = $1 and year = 2026 order by population desc', [unit.id])).map((row) => row.code);
});
afterAll(() => city.close());

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Types something into a section: it is kept as it was typed, and the plan cannot be submitted with it. */
async function refusedIn(section: string, change: (body: any) => void): Promise<{ field: string; code: string; sentence: { zh: string } }[]> {
  const { revision } = await city.got('lixia.clerk', `/cases/${plan}/sections/${section}`);
  const body = clone(good[section]!);
  change(body);
  expect((await city.save('lixia.clerk', plan, section, body, revision)).status).toBe(200);
  const { status, defects } = await city.refused('lixia.clerk', plan, 'submit');
  expect((await city.got('lixia.clerk', `/cases/${plan}/sections/${section}`)).body).toEqual(body);
  expect((await city.save('lixia.clerk', plan, section, good[section], revision + 1)).status).toBe(200);
  expect(status).toBe(422);
  return defects as never;
}

describe('a figure that cannot be meant', () => {
  const wrong = [['negative', '-5'], ['absurd', '99999999999'], ['no number', '两千多'], ['a third decimal', '2000.125'], ['in scientific notation', '2e9'], ['infinite', 'Infinity'], ['hexadecimal', '0x10'], ['two points', '1.2.3']] as const;

  it.each(wrong)('area %s: %s', async (_name, value) => {
    expect((await refusedIn('premises', (body) => { body.projects[0].grossArea = value; })).map((d) => d.field)).toContain('premises.projects.0.grossArea');
  });

  it.each(wrong)('money %s: %s', async (_name, value) => {
    // Money is typed in 万元 down to the 分: six decimals are exact, a seventh is none.
    const money = value === '2000.125' ? '2000.1234567' : value;
    expect((await refusedIn('funds', (body) => { body.lines[0].district = money; })).map((d) => d.field)).toContain('funds.lines.0.district');
  });

  it.each([...wrong.filter(([name]) => name !== 'a third decimal'), ['in parts', '12.5']] as const)('population %s: %s', async (_name, value) => {
    expect((await refusedIn('basics', (body) => { body.population = value; })).map((d) => d.field)).toContain('basics.population');
  });

  it.each([['a list', ['5000']], ['an object', { value: 5000 }], ['a truth', true]] as const)('area sent as %s by a program', async (_name, value) => {
    expect((await refusedIn('premises', (body) => { body.projects[0].grossArea = value; })).map((d) => d.field)).toContain('premises.projects.0.grossArea');
  });

  it('sums that do not add up name both figures', async () => {
    const [defect] = await refusedIn('funds', (body) => { body.total = '449'; });
    expect([defect!.field, defect!.sentence.zh]).toEqual(['funds.total', expect.stringMatching(/449.*450/)]);
  });

  it.each(['2026-02-30', '明天', '2026-13-01', '20260910'])('day %s', async (value) => {
    const defects = await refusedIn('schedule', (body) => { body.phases[0].from = value === '20260910' ? '0926-09-10' : value; });
    expect(defects.map((d) => d.field)).toContain('schedule.phases.0.from');
  });
});

describe('a place', () => {
  it('that is unknown, another district’s, or of the wrong tier is named in the refusal', async () => {
    const other = (await city.rows('select code from township where unit = $1 and year = 2026 limit 1', [city.unit('shizhong').id]))[0]!.code;
    for (const code of ['999999999', other, unit.code, '', '37010', "' or 1=1 --"]) {
      const defects = await refusedIn('premises', (body) => { body.projects[1].placeCode = code; });
      expect(defects.map((d) => d.field)).toContain('premises.projects.1.placeCode');
    }
    expect((await refusedIn('premises', (body) => { body.projects[0].placeCode = city.unit('shizhong').code; })).map((d) => d.code)).toContain('foreign-place');
  });

  it('listed twice is refused with the row it repeats', async () => {
    const [defect] = await refusedIn('premises', (body) => { body.projects.push({ ...body.projects[1], name: '又一处' }); });
    expect([defect!.field, defect!.sentence.zh]).toEqual(['premises.projects.2.placeCode', expect.stringMatching(/第 2 行重复/)]);
  });
});

describe('a hall below the standard', () => {
  it('blocks without a justification, passes with one; what lies above is fine', async () => {
    const [defect] = await refusedIn('premises', (body) => { body.projects[0].grossArea = '1999.99'; });
    expect(defect!.field).toBe('premises.projects.0.grossArea');
    expect(defect!.sentence.zh).toMatch(/低于标准|少/);
    await city.rewrite('lixia.clerk', plan, 'premises', (body) => Object.assign(body.projects[0], { grossArea: '1999.99', justification: '分两期建设，二期 2027 年完成。' }));
    await city.act('lixia.clerk', plan, 'submit');
    await city.act('lixia.clerk', plan, 'withdraw');
    await city.rewrite('lixia.clerk', plan, 'premises', (body) => Object.assign(body.projects[0], { grossArea: '60000', justification: '' }));
    expect((await city.act('lixia.clerk', plan, 'submit')).stage).toBe('headReview');
    await city.act('lixia.clerk', plan, 'withdraw');
  });
});

describe('what a clerk’s keyboard produces', () => {
  it('full-width digits, thousands separators and spaces are read as what they mean, and the typed text stays', async () => {
    await city.rewrite('lixia.clerk', plan, 'premises', (body) => Object.assign(body.projects[0], { grossArea: '５，０００．５０', money: ' １００ ' }));
    await city.rewrite('lixia.clerk', plan, 'basics', (body) => Object.assign(body, { population: '８１９１３９', contactName: '䶮堃镕' }));
    await city.act('lixia.clerk', plan, 'submit');
    const [{ body }] = (await city.rows('select body from content_version where case_id = $1 order by ordinal desc limit 1', [plan])) as [{ body: string }];
    const { sections } = JSON.parse(body);
    expect([sections.premises.projects[0].grossArea, sections.premises.projects[0].money, sections.basics.population, sections.basics.contactName]).toEqual([500050, 100000000, 819139, '䶮堃镕']);
    expect((await city.got('lixia.clerk', `/cases/${plan}/sections/premises`)).body.projects[0].grossArea).toBe('５，０００．５０');
    await city.act('lixia.clerk', plan, 'withdraw');
  });

  it('text that looks like a command to a database, a browser or a template stays text to the last paper', async () => {
    const nasty = `'); drop table case_file; -- <script>alert(1)</script> <img src=x onerror=alert(1)> {{constructor}} \${7*7} %00 \\u0000 ../../etc/passwd`;
    await city.rewrite('lixia.clerk', plan, 'basics', (body) => { body.currentState = nasty; });
    await city.rewrite('lixia.clerk', plan, 'premises', (body) => { body.projects[0].name = '<b>大厅</b>'; });
    await bring(city, 'lixia', plan, 'registered');
    await city.drain();
    expect(city.complaints).toEqual([]);
    const paper = city.printed.filter((html) => html.includes('drop table')).at(-1)!;
    expect(paper).toContain('&lt;script&gt;alert(1)');
    expect(paper).not.toMatch(/<script>alert|<img src=x|<b>大厅/);
    const [{ body }] = (await city.rows('select body from content_version where case_id = $1 order by ordinal desc limit 1', [plan])) as [{ body: string }];
    expect(JSON.parse(body).sections.basics.currentState).toBe(nasty);
    expect(await city.rows('select count(*)::int > 0 as there from case_file')).toEqual([{ there: true }]);
  });
});

describe('a consent', () => {
  it('dated tomorrow is refused; dated after the paper it rests on, the registration is', async () => {
    const { plan: other } = await planIn(city, 'shizhong', 'governmentApproval');
    const consent = { kind: 'reply', number: '市中政复〔2026〕12号', date: '2026-08-18' };
    expect(await city.refused('shizhong.consent', other, 'consent', consent)).toMatchObject({ status: 422, defects: [{ field: 'date', code: 'in-future' }] });
    expect(await city.refused('shizhong.consent', other, 'consent', { ...consent, kind: '口头' })).toMatchObject({ status: 422, defects: [{ field: 'kind' }] });
    expect(await city.refused('shizhong.consent', other, 'consent', { ...consent, date: '2026-08-17', number: '市中政复〔26〕12号' })).toMatchObject({ status: 422, defects: [{ field: 'number' }] });
    await bring(city, 'shizhong', other, 'registered');
    const register = { theirNumber: reportFields(city.unit('shizhong')).documentNumber, channel: 'paper', dated: '2026-08-10', deliveredAt: '2026-08-11 10:00', evidence: '邮戳' };
    expect(await city.refused('office.registrar', other, 'register', register)).toMatchObject({ status: 422, defects: [{ field: 'dated', code: 'consent-after-paper' }] });
    expect(await city.refused('office.registrar', other, 'register', { ...register, dated: '2026-08-17', deliveredAt: '2026-08-17 23:59:59' })).toMatchObject({ status: 422, defects: [{ field: 'deliveredAt', code: 'in-future' }] });
    expect(await city.refused('office.registrar', other, 'register', { ...register, dated: '2026-08-17', deliveredAt: '2026-08-17 25:00' })).toMatchObject({ status: 422, defects: [{ field: 'deliveredAt' }] });
  });

  it('on paper is not dated in the future either', async () => {
    const { plan: other } = await planIn(city, 'huaiyin', 'governmentApproval');
    const answer = await city.register('huaiyin.registrar', other, 'consent.officer', 'consent', { kind: 'reply', number: '槐荫政复〔2026〕1号', date: '2026-08-17' }, { paperDate: '2026-08-18' });
    expect([answer.status, answer.body.code]).toEqual([422, 'paper-in-future']);
  });
});

describe('a sign no font has', () => {
  it('stops that paper with a sentence that names it; the filing stands, and a corrected text is printed', async () => {
    const { plan: other } = await planIn(city, 'tianqiao', 'registered', (sections) => { sections.goals!.goals = '由𠮷某负责，䶮堃镕协助。'; });
    await city.drain();
    const { entries } = await city.got('tianqiao.clerk', `/cases/${other}/journal`);
    const refusal = entries.find((e: { command: string }) => e.command === 'document.refused');
    expect(refusal.payload).toMatchObject({ kind: 'planDocument', reason: expect.stringMatching(/字库里没有 𠮷（U\+20BB7/) });
    const kinds = async () => (await city.rows('select kind from document where case_id = $1', [other])).map((row) => row.kind);
    expect(await kinds()).toEqual(expect.arrayContaining(['acknowledgement', 'planCoverReport']));
    expect(await kinds()).not.toContain('planDocument');
    expect(city.complaints.splice(0).join()).toMatch(/parked/);
    await bring(city, 'tianqiao', other, 'officeReview');
    await city.act('office.clerk', other, 'returnForCorrection', { remarks: [{ section: 'goals', text: '请写通用字。' }] });
    await city.rewrite('tianqiao.clerk', other, 'goals', (body) => { body.goals = '由吉某负责，䶮堃镕协助。'; });
    await city.act('tianqiao.clerk', other, 'resubmit', { replies: { r1: '已改。' } });
    await city.drain();
    expect(await kinds()).toContain('planDocument');
    expect(city.complaints).toEqual([]);
  });
});
