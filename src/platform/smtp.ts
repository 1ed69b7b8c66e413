import nodemailer from 'nodemailer';

export interface Letter {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** The same for every try at one letter, so that a mailbox can drop a repetition. */
  messageId: string;
  language: string;
}

export interface Mailer {
  /** @throws Error when the server did not take the letter; the job tries again. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

export function createMailer(smtpUrl: string): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ language, messageId, ...letter }) {
      await transport.sendMail({
        ...letter,
        messageId,
        headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
