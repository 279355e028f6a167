import { z } from 'zod';
import { commandForms } from '../../../workflows/forms/commands.js';
import { fieldShape, fittedFields } from '../../../src/web/form-schema.js';
import { fieldViews } from '../../../src/web/form-view.js';
import { nestedFields } from '../../../src/web/nested-fields.js';
import { bodySchema } from '../../../src/web/api/json-schemas.js';

describe('a flat form body', () => {
  it('becomes lists in their order, without gaps, however the rows were numbered', () => {
    expect(nestedFields({ 'remarks.10.text': 'b', 'remarks.2.text': 'a', note: 'n' })).toEqual({ remarks: [{ text: 'a' }, { text: 'b' }], note: 'n' });
  });

  it('cannot reach into the objects of the language', () => {
    const body = nestedFields({ '__proto__.polluted': 'x', 'a.constructor.b': 'x', 'prototype': 'x', 'a.b': 'y' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(body).toEqual({ a: { b: 'y' } });
  });

  it('a field that is text in one place and a tree in another does not break the page', () => {
    expect(nestedFields({ a: 'text', 'a.b': 'inner' })).toEqual({ a: { b: 'inner' } });
  });

  it('keeps our own fields (_csrf, _key) out of commands', () => {
    expect(nestedFields({ _csrf: 'secret', _key: 'k', note: 'n' })).toEqual({ note: 'n' });
  });
});

describe('fitting a form to its schema', () => {
  const schema = commandForms.seekOpinions!.schema;

  it('one ticked box of a list is a list', () => {
    expect(fittedFields(schema, { organisations: 'one' })).toEqual({ organisations: ['one'] });
  });

  it('rows nobody filled in are none, so blank rows of a plain form are no errors', () => {
    const fitted = fittedFields(commandForms.returnToDraft!.schema, { remarks: [{ section: 'funds', text: '缺文号' }, { section: '', text: '' }] });
    expect(fitted).toEqual({ remarks: [{ section: 'funds', text: '缺文号' }] });
  });

  it('a row whose item is given but not measured is none; three readings stay three', () => {
    const measures = commandForms.recordSite!.schema;
    const fitted = fittedFields(measures, { measures: [{ item: 'serviceArea', values: ['', '', ''] }, { item: 'archiveArea', values: ['30.1', '30.2', '30.0'] }] });
    expect(fitted).toMatchObject({ measures: [{ item: 'archiveArea', values: ['30.1', '30.2', '30.0'] }] });
  });

  it('what the schema does not know is dropped', () => {
    expect(fittedFields(schema, { organisations: ['a'], facts: { defects: 0 }, by: 'me' })).toEqual({ organisations: ['a'] });
  });
});

describe('every command’s form', () => {
  it.each(Object.keys(commandForms))('%s can be shown: each field has a label in both languages and a control', (name) => {
    const views = fieldViews(commandForms[name]!.schema, {}, []);
    const all = (fields: typeof views): typeof views => fields.flatMap((one) => [one, ...one.rows.flatMap((row) => all(row.fields))]);
    for (const view of all(views).filter((one) => !/^\d+$/.test(String(one.label)))) expect([view.name, typeof view.label]).toEqual([view.name, 'object']);
  });

  it.each(Object.keys(commandForms))('%s can be described to programs as JSON Schema', (name) => {
    expect(bodySchema(commandForms[name]!.schema)).toMatchObject({ type: 'object' });
  });

  it('a defect stands at its own field, also inside a row', () => {
    const defect = { field: 'remarks.0.text', code: 'missing', sentence: { zh: '请填写理由。', en: 'Enter.' } };
    const [remarks] = fieldViews(commandForms.returnToDraft!.schema, { remarks: [{ section: 'funds', text: '' }] }, [defect]);
    expect(remarks!.rows[0]!.fields.find((one) => one.name === 'remarks.0.text')!.errors).toEqual([defect.sentence]);
    expect(remarks!.rows[0]!.wrong).toBe(true);
  });

  it('an answer comes back beside its own question, and a defect with it, although rows left blank were not sent', () => {
    const sources = { options: {}, rows: { checklist: ['a', 'b', 'c'].map((item) => ({ title: item, values: { item } })) } };
    const [checklist] = fieldViews(commandForms.recordSite!.schema.pick({ checklist: true }), { checklist: [{ item: 'c', result: 'unmet' }] },
      [{ field: 'checklist.0.result', code: 'x', sentence: { zh: '错', en: 'wrong' } }], sources);
    const shown = checklist!.rows.map(({ title, fields: [item, result] }) => [title, item!.value, result!.options.find(({ selected }) => selected)?.value, result!.errors.length]);
    expect(shown).toEqual([['a', 'a', undefined, 0], ['b', 'b', undefined, 0], ['c', 'c', 'unmet', 1]]);
  });

  it('a label survives whatever is wrapped around its field', () => {
    const wrapped = z.string().meta({ label: { zh: '甲', en: 'A' }, control: 'text' }).optional().default('x');
    expect(fieldShape(wrapped)).toMatchObject({ optional: true, meta: { label: { zh: '甲', en: 'A' } } });
  });
});
