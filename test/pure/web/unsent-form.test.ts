import { unsentForm } from '../../../src/web/unsent/unsent-form.js';

const id = '019a0000-0000-7000-8000-000000000001';
const task = '019a0000-0000-7000-8000-000000000002';

describe('a form that was sent too late', () => {
  it('leads back to the page that shows it, whichever form it was', () => {
    const address = (path: string, body: object): string | undefined => unsentForm(path, body as Record<string, unknown>, [])?.address;
    expect([
      address(`/cases/${id}/commands`, { _command: 'register', _task: task }), address(`/cases/${id}/commands`, { _command: 'correctDelivery', _task: '' }), address(`/cases/${id}/edit/goals`, {}),
      address(`/cases/${id}/paper/${task}`, { _command: 'approve' }), address(`/cases/${id}/paper`, { _command: 'grantExtension' }),
      address(`/papers/${id}`, { 'differs.opinion': 'on' }),
    ]).toEqual([`/cases/${id}/do/register?task=${task}`, `/cases/${id}/do/correctDelivery`, `/cases/${id}/edit/goals`, `/cases/${id}/paper/${task}?command=approve`, `/cases/${id}/paper?command=grantExtension`, `/papers/${id}`]);
  });

  it('of two texts side by side leads back to its section, with the revision its writer had opened', () => {
    expect(unsentForm(`/cases/${id}/merge/goals`, { _revision: '17', _opened: '16', '_pick.goals': 'mine', goals: '建成' }, [])).toMatchObject({ kind: 'section', address: `/cases/${id}/edit/goals`, fields: { _revision: '16', goals: '建成' } });
  });

  it('of which no page is left, or that holds nothing, is not kept', () => {
    for (const [path, body] of [['/sign-out', {}], ['/clock', { to: '2026-09-30' }], [`/cases/${id}/commands`, { _command: 'open', _task: task }], [`/cases/${id}/commands`, {}], [`/cases/${id}/commands`, { _command: '//evil.example' }], ['/cases/../edit/goals', {}]] as const) {
      expect(unsentForm(path, body, [])).toBeNull();
    }
  });

  it('keeps every text and none of the form’s own secrets', () => {
    const { fields, files } = unsentForm(`/cases/${id}/edit/goals`, { _csrf: 'secret', _key: 'k', _shown: 'h', _revision: '3', goals: '建成', kinds: ['a', 'b'] }, ['平面图.pdf'])!;
    expect([fields, files]).toEqual([{ _revision: '3', goals: '建成', kinds: ['a', 'b'] }, ['平面图.pdf']]);
  });
});
