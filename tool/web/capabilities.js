// SPDX-License-Identifier: MIT
// What the server can do beyond the contract, as its own description of the interface tells.

const listPath = '/v1/music/{organization_id}/focus/sessions';
const steerPath = `${listPath}/{session_id}/steer`;
const promptPath = '/v1/music/{organization_id}/focus/prompts';

function resolve(document, schema) {
  const path = schema?.$ref?.replace(/^#\//, '').split('/');
  return path ? path.reduce((at, name) => at?.[name], document) : schema;
}

/** Whether a schema, or one that it is made of, has the property. */
function hasProperty(document, given, name) {
  const schema = resolve(document, given);
  if (!schema) return false;
  if (schema.properties?.[name]) return true;
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? [])]
    .some((part) => hasProperty(document, part, name));
}

export function capabilitiesOf(document) {
  const steer = document.paths?.[steerPath]?.post;
  const body = resolve(document, steer?.requestBody)?.content?.['application/json']?.schema;
  const sessions = document.paths?.[listPath];
  const one = document.paths?.[`${listPath}/{session_id}`];
  return {
    history: Boolean(sessions?.get),
    forgetting: Boolean(one?.delete),
    levels: hasProperty(document, body, 'pads_db'),
    scenes: hasProperty(document, body, 'scenes'),
    reading: Boolean(document.paths?.[promptPath]?.post),
  };
}

/** Asks once; where nothing is told nothing is offered. */
export async function askCapabilities(api) {
  try {
    return capabilitiesOf(await api.document());
  } catch {
    return { history: false, forgetting: false, levels: false, scenes: false, reading: false };
  }
}
