// SPDX-License-Identifier: MIT
// The page: which part of it is seen, and who hears what is pressed.
import { Api } from './api.js';
import { apiBase } from './base.js';
import { askCapabilities } from './capabilities.js';
import { Conductor } from './conductor.js';
import { $ } from './dom.js';
import { Form } from './fields.js';
import { HomeView } from './home_view.js';
import { account, kept, takeFragment } from './kept.js';
import { LibraryView } from './library_view.js';
import { PlayerView } from './player_view.js';
import { plainly } from './problems.js';
import { wishIn } from './share.js';
import { startShell } from './shell.js';
import { Sound } from './sound.js';
import { nameOfSession } from './title.js';
import { requestOf, summaryOf, wishOf } from './wish.js';

const PARTS = ['door', 'invited', 'home', 'now'];
let api = null;
let can = {};
let shown = null;

function show(part) {
  for (const id of PARTS) $(id).hidden = id !== part;
  const isOpen = player.conductor !== null;
  $('picture').hidden = part !== 'now';
  $('dock').hidden = !isOpen || part === 'door';
  $('to-home').hidden = part !== 'now';
  $('to-now').hidden = part === 'now' || !isOpen;
  document.body.dataset.part = part;
  player.panels.hide();
  if (part === 'now') player.picture.renew();
  // What was pressed is gone: the focus goes to what comes instead of it.
  const first = { door: '#key', invited: '#invited-play', home: '#tiles button', now: '#play' }[part];
  if (shown && shown !== part) {
    document.querySelector(first).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  shown = part;
}

/** The wish for the very same music. */
function sameAs({ seed, request }) {
  const wish = wishOf(request);
  return { ...wish, options: { ...wish.options, seed } };
}

const player = new PlayerView({
  again: (analysis) => start(sameAs(analysis)),
  kept: () => library.tracks(),
  lost: (error) => signOut(plainly(error)),
  heard: (id, title) => library.remember(id, title),
});

const library = new LibraryView({
  open: async (id) => {
    const sound = openSound();
    openPlayer(await api.session(id), { isOn: true, sound });
  },
  again: player.on.again,
  pause: () => player.pause(),
});

const home = new HomeView({
  onPlay: start,
  onSignOut: () => signOut(),
  onStay: (stays) => account.stay(stays),
});

/** Browsers let sound begin at a tap only, which is over once the server has answered. */
function openSound() {
  const sound = new Sound();
  sound.resume();
  return sound;
}

async function start(wish) {
  const sound = openSound();
  try {
    const session = await api.start(requestOf(wish));
    endCurrent();
    openPlayer(session, { isOn: true, sound });
  } catch (error) {
    sound.close();
    throw error;
  }
}

/** What is not listened to any more is not made any more. */
function endCurrent() {
  const { session } = player.conductor ?? {};
  if (session?.status === 'active') api.end(session.session_id).catch(() => {});
}

function openPlayer(session, { position = 0, isOn = false, sound = null }) {
  closePlayer();
  kept.set({ session: session.session_id });
  player.open(new Conductor(api, player.listener, sound), session, { position, can });
  show('now');
  if (isOn) player.play();
}

function closePlayer() {
  player.close();
  kept.set({ session: null, position: 0 });
}

async function enter({ organization, key }) {
  api = new Api({ organization, key, base: apiBase() });
  const engines = await api.engines();
  account.set(organization, key);
  home.open({ engines, stays: account.stays });
  // What the server can do is not waited for.
  askCapabilities(api).then((found) => {
    can = found;
    if (player.conductor) player.sound.allow(can);
    const read = can.reading ? (text, signal) => api.readPrompt(text, signal) : null;
    for (const { reading } of [home, player.change]) reading.read = read;
    return library.open(api, can);
  });
}

function signOut(message = '') {
  closePlayer();
  library.close();
  account.clear();
  show('door');
  if (message) door.refuse('key', message);
}

/** Goes on with the session of before a reload, shows what a link holds, or asks what to play. */
async function goOn() {
  if (invite(wishIn(location.hash))) return;
  const { session: id, position } = kept.all;
  const session = id && (await api.session(id).catch(() => null));
  if (session) openPlayer(session, { position: position ?? 0 });
  else show('home');
}

function invite(wish) {
  if (!wish) return false;
  $('invited-title').textContent = nameOfSession(wish);
  $('invited-about').textContent = [wish.custom_prompt && `“${wish.custom_prompt}”`, summaryOf(wish)]
    .filter(Boolean).join(' · ');
  $('invited-error').textContent = '';
  const leave = () => history.replaceState(null, '', location.pathname + location.search);
  $('invited-play').onclick = async () => {
    try {
      await start(wish);
      leave();
    } catch (error) {
      $('invited-error').textContent = plainly(error);
    }
  };
  $('invited-not').onclick = () => {
    leave();
    show('home');
  };
  show('invited');
  return true;
}

const door = new Form($('door').querySelector('form'), async ({ organization = '', key = '' }) => {
  try {
    await enter({ organization, key });
  } catch (error) {
    error.field ||= error.status === 401 ? 'key' : 'organization';
    throw error;
  }
  await goOn();
});

$('to-home').onclick = () => show('home');
$('to-now').onclick = () => show('now');
addEventListener('hashchange', () => {
  if (api && wishIn(location.hash)) invite(wishIn(location.hash));
});
new ResizeObserver(([{ target }]) => {
  document.documentElement.style.setProperty('--dock', `${target.offsetHeight}px`);
}).observe($('dock'));

takeFragment(location, history);
startShell();
const { organization, key } = account.all;
if (key) {
  try {
    await enter({ organization, key });
    await goOn();
  } catch (error) {
    show('door');
    door.values = { organization };
    door.refuse('key', error.status === 401 ? 'This key is not known here any more.' : plainly(error));
  }
} else {
  show('door');
}
