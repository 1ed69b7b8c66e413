import { html, type Html } from '../page.js';
import type { Person } from './person.js';
import type { Words } from './words.js';

/** Parameters of the request, carried through the form unchanged. */
const hidden = (query: Readonly<Record<string, unknown>>): Html[] =>
  Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' ? [html`<input type="hidden" name="${name}" value="${value}" />`] : [],
  );

function described(person: Person, words: Words): string {
  const notes = [
    person.email ?? words.noEmail,
    person.email !== null && !person.verified ? words.unverified : null,
    person.taken ? words.taken : null,
    person.organization ? words.organization(person.organization) : null,
  ];
  return notes.filter(note => note !== null).join(', ');
}

export interface WhoPage {
  words: Words;
  /** Where the answer is posted to, with the parameters that came. */
  action: string;
  query: Readonly<Record<string, unknown>>;
  people: readonly Person[];
  /** What the provider knows of people beside name and address. */
  asks: 'taken' | 'organization';
  again: boolean;
  wrong: boolean;
}

/** "Who are you?": one button a person, somebody else, and every way of not getting in. */
export function whoPage({ words, action, query, people, asks, again, wrong }: WhoPage): Html {
  const given = hidden(query);
  const choose = people.map(
    person =>
      html`<form method="post" action="${action}">
        ${given}<button name="person" value="${person.subject}">
          ${person.name} (${described(person, words)})
        </button>
      </form>`,
  );
  const ends = (
    [
      ['access_denied', words.cancel],
      ['server_error', words.serverError],
      ['temporarily_unavailable', words.unavailable],
    ] as const
  ).map(
    ([error, text]) =>
      html`<form method="post" action="${action}">
        ${given}<button name="error" value="${error}">${text}</button>
      </form>`,
  );
  return html`<div class="card">
      <h1>${words.who}</h1>
      ${again ? html`<p>${words.again}</p>` : null}
      <p class="hint">${words.shares}</p>
      ${choose}
    </div>
    <div class="card">
      <h2>${words.somebodyElse}</h2>
      ${wrong ? html`<p class="alarm">${words.wrong}</p>` : null}
      <form method="post" action="${action}">
        ${given}
        <label for="subject">${words.number}</label>
        <input id="subject" name="subject" type="text" inputmode="numeric" autocomplete="off" />
        <label for="name">${words.name}</label>
        <input id="name" name="name" type="text" autocomplete="off" />
        <label for="email">${words.email}</label>
        <input id="email" name="email" type="text" autocomplete="off" />
        <p>
          <label><input type="checkbox" name="verified" value="yes" checked /> ${words.verified}</label>
        </p>
        ${
          asks === 'taken'
            ? html`<p>
                <label><input type="checkbox" name="taken" value="yes" /> ${words.isTaken}</label>
              </p>`
            : html`<label for="organization">${words.isOrganization}</label>
                <input id="organization" name="organization" type="text" autocomplete="off" />`
        }
        <button class="first">${words.enter}</button>
      </form>
    </div>
    <div class="card">${ends}</div>`;
}

export const refusedPage = (words: Words, why: string): Html =>
  html`<div class="card">
    <h1>${words.refused}</h1>
    <p class="alarm">${why}</p>
  </div>`;

export function overviewPage(words: Words, people: readonly Person[]): Html {
  const rows = people.map(
    person =>
      html`<dt>${person.subject}</dt>
        <dd>${person.name} (${described(person, words)})</dd>`,
  );
  return html`<div class="card">
    <h1>${words.overview}</h1>
    <p>${words.overviewText}</p>
    <dl>${rows}</dl>
  </div>`;
}
