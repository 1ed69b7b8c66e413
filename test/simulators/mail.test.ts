import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMailSimulator, type MailSimulator, type SimulatedLetter } from '../../src/simulators/index.js';

let mail: MailSimulator;
const send = (given: object = {}) => {
  const transport = createTransport(mail.smtpUrl);
  return transport
    .sendMail({
      from: 'Trainium <shop@trainium.example>',
      to: 'buyer@example.com',
      subject: '주문 확인 T-1',
      text: '감사합니다. https://shop.test/ko/orders/T-1?key=a&b=c',
      html: '<html><head><title>x</title></head><body><p>감사합니다</p><script>1</script></body></html>',
      messageId: '<order-1@trainium.example>',
      headers: { 'Content-Language': 'ko' },
      ...given,
    })
    .finally(() => transport.close());
};

beforeEach(async () => {
  mail = await startMailSimulator({ smtpPort: 0, httpPort: 0 });
});
afterEach(() => mail.close());

test('keeps a letter whole, Korean and all', async () => {
  await send({ to: ['a@example.com', 'b@example.com'] });
  expect(mail.letters()).toMatchObject([
    {
      from: '"Trainium" <shop@trainium.example>',
      to: ['a@example.com', 'b@example.com'],
      subject: '주문 확인 T-1',
      text: expect.stringContaining('감사합니다') as string,
      html: expect.stringContaining('<p>감사합니다</p>') as string,
      messageId: '<order-1@trainium.example>',
      headers: { 'content-language': 'ko' },
    },
  ]);
  const served = (await (await fetch(`${mail.origin}/api/letters`)).json()) as SimulatedLetter[];
  expect(served).toEqual(mail.letters());
});

test('waits for a letter that is still to come', async () => {
  const coming = mail.letter(({ subject }) => subject === 'second');
  await send();
  await send({ subject: 'second' });
  expect((await coming).subject).toBe('second');
  expect(await mail.letter(({ subject }) => subject === 'second')).toEqual(await coming);
  await expect(mail.letter(() => false, 10)).rejects.toThrow('no such letter');
});

test('refuses as many as told, with "try again later"', async () => {
  mail.refuse(2);
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  await send();
  expect(mail.letters()).toHaveLength(1);
});

test('shows the list, one letter, and its HTML locked in', async () => {
  expect(await (await fetch(mail.origin)).text()).toContain('None yet');
  await send({ subject: '<b>bold</b>' });
  const [letter] = mail.letters();
  const list = await (await fetch(mail.origin)).text();
  expect(list).toContain(`href="/letters/${letter?.id}"`);
  expect(list).not.toContain('<b>');
  const one = await (await fetch(`${mail.origin}/letters/${letter?.id}`)).text();
  expect(one).toContain(`<iframe src="/letters/${letter?.id}/html" title="The letter" sandbox="`);
  expect(one).toContain('<a href="https://shop.test/ko/orders/T-1?key=a&#38;b=c"');
  const inner = await fetch(`${mail.origin}/letters/${letter?.id}/html`);
  const policy = inner.headers.get('content-security-policy');
  expect(policy).toMatch(/^sandbox allow-top-navigation-by-user-activation; default-src 'none'/);
  expect(policy).not.toContain('allow-scripts');
  expect(await inner.text()).toContain('<base target="_top">');
  expect((await fetch(`${mail.origin}/letters/none`)).status).toBe(404);
  await fetch(`${mail.origin}/clearing`, { method: 'POST' });
  expect(mail.letters()).toEqual([]);
});
