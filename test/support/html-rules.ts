import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

/** The checker's recommended rules for whole documents, but for what is a matter of taste or of text. */
const checker = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Templates leave blank lines and blanks behind; compression takes them out.
      'no-trailing-whitespace': 'off',
      'attribute-boolean-style': 'off',
      // Titles of products are as long as they are.
      'long-title': 'off',
      // A list without bullets loses its meaning in Safari unless it says that it is one.
      'no-redundant-role': 'off',
      'no-inline-style': 'error',
      // Everything comes from the store itself, under names that hold the hash of their bytes.
      'require-sri': 'off',
      // The header's menus have headings, and come before the page's own.
      'heading-level': ['error', { minInitialRank: 'h2' }],
      'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'submit', 'button'] }],
      // A button of a form submits it: that is what ours are for.
      'no-implicit-button-type': 'off',
    },
  }),
);

/** What is wrong with a document, as "line: rule: message". */
export async function htmlProblems(html: string): Promise<string[]> {
  const report = await checker.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`),
  );
}
