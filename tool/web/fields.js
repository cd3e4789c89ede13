// SPDX-License-Identifier: MIT
// A form whose refusals stand at the field they are about, and go when it is corrected.
import { plainly } from './problems.js';

let errors = 0;

export class Form {
  /**
   * `check(values)` finds what is wrong before anything is asked of the server: {field, message} or
   * null. `more()` adds values that no field of the form has.
   */
  constructor(form, onSubmit, check = () => null, more = () => ({})) {
    this.form = form;
    this.check = check;
    this.onSubmit = onSubmit;
    this.more = more;
    this.button = form.querySelector('button.primary');
    for (const error of form.querySelectorAll('.error')) {
      error.id = `error-${++errors}`;
      const { field } = error.dataset;
      for (const input of field ? this.#inputs(field) : []) {
        const also = input.getAttribute('aria-describedby');
        input.setAttribute('aria-describedby', `${also ? `${also} ` : ''}${error.id}`);
      }
    }
    form.addEventListener('input', ({ target }) => this.#edited(target.name));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    for (const row of form.querySelectorAll('[data-fills]')) this.#fill(row);
  }

  /** What the fields say: numbers as numbers, `a.b` as b within a, nothing where nothing is. */
  get values() {
    const values = {};
    for (const input of this.form.elements) {
      if (!input.name || (input.type === 'radio' && !input.checked)) continue;
      const unreadable = input.validity?.badInput;
      if (input.value.trim() === '' && !unreadable) continue;
      const isNumber = input.type === 'number' || input.type === 'range';
      const value = isNumber ? (unreadable ? NaN : Number(input.value)) : input.value.trim();
      const [name, inner] = input.name.split('.');
      if (inner) (values[name] ??= {})[inner] = value;
      else values[name] = value;
    }
    return values;
  }

  /** Fields that are not named are left as they are; those of `options` are emptied. */
  set values(values) {
    const { options, ...rest } = values;
    for (const [name, value] of Object.entries(rest)) this.#put(name, value);
    if (!options) return;
    for (const input of this.form.elements) {
      const [group, name] = (input.name ?? '').split('.');
      if (group === 'options' && name) this.#put(input.name, options[name] ?? '');
    }
  }

  clear() {
    for (const error of this.form.querySelectorAll('.error')) error.textContent = '';
    for (const input of this.form.elements) input.removeAttribute('aria-invalid');
  }

  /** Puts an error where it belongs, and the focus there. */
  refuse(field, message) {
    const inputs = this.#inputs(field);
    const place = this.#place(inputs.length ? field : '');
    if (place) place.textContent = message;
    if (!inputs.length) return void place?.scrollIntoView({ block: 'center' });
    for (let at = inputs[0].closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
    for (const input of inputs) input.setAttribute('aria-invalid', 'true');
    inputs[0].focus();
  }

  /** Puts an error where it belongs, and lets the focus where somebody types. */
  tell(field, error) {
    const inputs = this.#inputs(field);
    this.#place(inputs.length ? field : '').textContent = plainly(error);
    for (const input of inputs) input.setAttribute('aria-invalid', 'true');
  }

  /** Sends what the fields say, with `more`; whether it was taken. */
  async submit(more = {}) {
    this.clear();
    const values = { ...this.values, ...this.more(), ...more };
    const problem = this.check(values);
    if (problem) {
      this.refuse(problem.field, problem.message);
      return false;
    }
    if (this.button) this.button.disabled = true;
    try {
      await this.onSubmit(values);
      return true;
    } catch (error) {
      this.refuse(error.field ?? '', plainly(error));
      return false;
    } finally {
      if (this.button) this.button.disabled = false;
    }
  }

  #edited(name) {
    const place = this.#place(name);
    if (place) place.textContent = '';
    const whole = this.#place('');
    if (whole) whole.textContent = '';
    for (const input of this.#inputs(name)) input.removeAttribute('aria-invalid');
  }

  /** Buttons with usual values: "25 5" for two fields. */
  #fill(row) {
    const names = row.dataset.fills.split(' ');
    row.addEventListener('click', ({ target }) => {
      if (target.tagName !== 'BUTTON') return;
      const values = target.value.split(' ');
      names.forEach((name, k) => {
        this.#put(name, values[k] ?? '');
        this.#inputs(name)[0].dispatchEvent(new Event('input', { bubbles: true }));
      });
    });
  }

  #put(name, value) {
    for (const input of this.#inputs(name)) {
      if (input.type === 'radio') input.checked = input.value === value;
      else input.value = value;
    }
  }

  #place(field) {
    return [...this.form.querySelectorAll('.error')].find((e) => e.dataset.field === field);
  }

  #inputs(name) {
    return name ? [...this.form.elements].filter((input) => input.name === name) : [];
  }
}
