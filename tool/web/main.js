// SPDX-License-Identifier: MIT
// The page: which part of it is seen, and who hears what is pressed.
import { Api } from './api.js';
import { Conductor } from './conductor.js';
import { Form } from './fields.js';
import { kept, takeFragment } from './kept.js';
import { PlayerView } from './player_view.js';
import { licenceName } from './text.js';

const $ = (id) => document.getElementById(id);
let api = null;
let shown = null;

function show(part) {
  for (const id of ['door', 'begin', 'player']) $(id).hidden = id !== part;
  $('sign-out').hidden = part === 'door';
  if (part !== 'player') $('link').hidden = true;
  // What was pressed is gone: the focus goes to what comes instead of it.
  if (shown) $(part).querySelector(part === 'player' ? '#play' : 'input').focus({ preventScroll: true });
  shown = part;
}

const player = new PlayerView({
  onAgain: () => {
    closePlayer();
    show('begin');
    $('begin').scrollIntoView();
  },
  onSignOut: signOut,
});

function closePlayer() {
  player.close();
  kept.set({ session: null, position: 0 });
}

async function enter(organization, key) {
  api = new Api({ organization, key });
  const engines = await api.engines();
  kept.set({ organization, key });
  const select = $('engine');
  select.replaceChildren(...engines.filter(({ enabled }) => enabled)
    .map((e) => new Option(e.display_name, e.engine_key)));
  const describe = () => {
    const engine = engines.find((e) => e.engine_key === select.value);
    $('licence').textContent = engine
      ? `Licence: ${licenceName(engine.licence_class)}` +
        (engine.requires_attribution ? '; its author has to be named' : '')
      : '';
  };
  select.addEventListener('change', describe);
  describe();
}

function openPlayer(session, position, isOn) {
  kept.set({ session: session.session_id });
  show('player');
  player.open(new Conductor(api, player.listener), session, { position, isOn });
}

function signOut(message = '') {
  closePlayer();
  kept.clear();
  show('door');
  if (message) door.refuse('key', message);
}

/** Goes on with the session of before a reload, or asks for a new one. */
async function goOn() {
  const { session: id, position } = kept.all;
  const session = id && (await api.session(id).catch(() => null));
  if (session) openPlayer(session, position ?? 0, false);
  else show('begin');
}

const door = new Form($('door').querySelector('form'), async ({ organization = '', key = '' }) => {
  try {
    await enter(organization.trim(), key.trim());
  } catch (error) {
    error.field ||= error.status === 401 ? 'key' : 'organization';
    throw error;
  }
  await goOn();
});

new Form($('begin').querySelector('form'), async (request) => {
  const session = await api.start(request);
  const { goal, intensity, divergence, custom_prompt: prompt } = request;
  kept.set({ wishes: { goal, intensity, divergence, custom_prompt: prompt ?? '' } });
  openPlayer(session, 0, true);
});

$('sign-out').addEventListener('click', () => signOut());

takeFragment();
const { organization, key } = kept.all;
if (key) {
  try {
    await enter(organization, key);
    await goOn();
  } catch (error) {
    show('door');
    door.values = { organization };
    door.refuse('key', error.message);
  }
} else {
  show('door');
}
