import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { type TemplateName, templates } from '../../generated/templates.ts';

// The runtime's own declaration describes nothing; it is Handlebars without the compiler.
const environment = (runtime as unknown as typeof Handlebars).create();
for (const [name, spec] of Object.entries(templates)) {
  environment.registerPartial(name, environment.template(spec as TemplateSpecification));
}

/** Fills a template of templates/html/. Text is escaped; only what a template writes with three braces is taken as html. */
export function render(name: TemplateName, view: object): string {
  const template = environment.partials[name] as HandlebarsTemplateDelegate;
  return template(view);
}
