/** What the API answered. */
export interface Answer { status: number; body: any; headers: Headers }

/** The day of an instant in Beijing. */
export const localDate = (at: Date): string => new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 10);

/** A refusal in problem+json that a clerk can act on, in both languages, and that shows nothing of the inside. */
export function expectProblem({ body, headers }: Answer): void {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ code: expect.any(String), sentence: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/[a-z]/i) } });
  for (const defect of body.defects) expect(defect).toMatchObject({ field: expect.any(String), sentence: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/[a-z]/i) } });
  expect(JSON.stringify(body)).not.toMatch(/node_modules|at \w+ \(|select |insert |syntax error/i);
}
