// SPDX-License-Identifier: MIT
// A form whose refusals stand at the field they are about.

let forms = 0;

/** Fills the form's `.wishes` from the template, with ids and radio groups of its own. */
function addWishes(form) {
  const place = form.querySelector('.wishes');
  if (!place) return;
  const prefix = `wish${++forms}-`;
  place.append(document.getElementById('wishes').content.cloneNode(true));
  for (const input of place.querySelectorAll('input, textarea')) {
    input.id = prefix + input.name + (input.type === 'radio' ? `-${input.value}` : '');
  }
  for (const label of place.querySelectorAll('.field > label')) {
    label.htmlFor = label.parentElement.querySelector('input, textarea').id;
  }
}

export class Form {
  constructor(form, onSubmit) {
    this.form = form;
    this.button = form.querySelector('button.primary');
    addWishes(form);
    for (const error of form.querySelectorAll('.error')) {
      error.id = `error-${++forms}`;
      const { field } = error.dataset;
      for (const input of field ? this.#inputs(field) : []) {
        const also = input.getAttribute('aria-describedby');
        input.setAttribute('aria-describedby', `${also ? `${also} ` : ''}${error.id}`);
      }
    }
    form.addEventListener('input', () => this.#follow());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(onSubmit);
    });
    this.#follow();
  }

  /** What the fields say: numbers as numbers, `a.b` as b within a, nothing where nothing is. */
  get values() {
    const values = {};
    for (const input of this.form.elements) {
      if (!input.name || (input.type === 'radio' && !input.checked) || input.value.trim() === '') continue;
      const numeric = input.type === 'number' || input.type === 'range' || input.inputMode === 'numeric';
      const number = Number(input.value);
      const value = numeric && !Number.isNaN(number) ? number : input.value;
      const [name, inner] = input.name.split('.');
      if (inner) (values[name] ??= {})[inner] = value;
      else values[name] = value;
    }
    if (values.goal && values.goal !== 'custom_prompt') delete values.custom_prompt;
    return values;
  }

  set values(values) {
    for (const [name, value] of Object.entries(values)) {
      for (const input of this.#inputs(name)) {
        if (input.type === 'radio') input.checked = input.value === value;
        else input.value = value;
      }
    }
    this.#follow();
  }

  clear() {
    for (const error of this.form.querySelectorAll('.error')) error.textContent = '';
    for (const input of this.form.elements) input.removeAttribute('aria-invalid');
  }

  /** Puts an error where it belongs; true where the form has the field. */
  refuse(field, message) {
    const inputs = this.#inputs(field);
    const known = inputs.length > 0;
    const place = [...this.form.querySelectorAll('.error')]
      .find((e) => e.dataset.field === (known ? field : ''));
    if (place) place.textContent = message;
    if (!known) return;
    const details = inputs[0].closest('details');
    if (details) details.open = true;
    for (const input of inputs) input.setAttribute('aria-invalid', 'true');
    inputs[0].focus();
  }

  #inputs(name) {
    return [...this.form.elements].filter((input) => input.name === name);
  }

  #follow() {
    const prompt = this.form.querySelector('.prompt');
    if (prompt) prompt.hidden = !this.form.querySelector('[value="custom_prompt"]').checked;
    const output = this.form.querySelector('output');
    if (output) output.textContent = Number(this.#inputs('divergence')[0].value).toFixed(2);
  }

  async #submit(onSubmit) {
    this.clear();
    this.button.disabled = true;
    try {
      await onSubmit(this.values);
    } catch (error) {
      this.refuse(error.field ?? '', error.message);
    }
    this.button.disabled = false;
  }
}
