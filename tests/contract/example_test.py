# SPDX-License-Identifier: MIT
"""The examples of the contract's specification run as they are; only the address is ours."""
import json
import os
import subprocess
import sys

import world
from case import ContractCase

ADDRESS = "https://api.aitronos.com"

CURL = r"""
curl -X POST "https://api.aitronos.com/v1/music/org_abc123/focus/sessions" \
  -H "X-API-Key: $FREDDY_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "goal": "focus",
    "target_minutes": 60,
    "intensity": "medium",
    "divergence": 0.3
  }'
"""

PYTHON = r"""
import os
import requests

api_key = os.environ["FREDDY_API_KEY"]

response = requests.post(
    "https://api.aitronos.com/v1/music/org_abc123/focus/sessions",
    headers={"X-API-Key": api_key},
    json={
        "goal": "focus",
        "target_minutes": 60,
        "intensity": "medium",
        "divergence": 0.3,
    },
)
print(response.json()["session_id"])
"""

JAVASCRIPT = r"""
const apiKey = process.env.FREDDY_API_KEY;

const response = await fetch('https://api.aitronos.com/v1/music/org_abc123/focus/sessions', {
  method: 'POST',
  headers: {
    'X-API-Key': apiKey,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    goal: 'focus',
    target_minutes: 60,
    intensity: 'medium',
    divergence: 0.3,
  }),
});

const session = await response.json();
console.log(session.session_id, session.status);
"""

# What the specification shows as the answer; the values that are another each time stand for any.
ANSWER = json.loads(
    """
{
  "session_id": "mfocus_7c2a9f4e1b8d",
  "status": "active",
  "goal": "focus",
  "engine": "studio",
  "target_minutes": 60,
  "total_segments": 30,
  "ready_count": 0,
  "segments": [],
  "more_pending": true,
  "next_ready_at": "2026-06-28T10:30:20Z"
}
"""
)
VARYING = {"session_id", "ready_count", "segments", "next_ready_at"}

REFUSALS = [
    json.loads(text)
    for text in (
        """
{
  "success": false,
  "error": {
    "code": "AUTHENTICATION_REQUIRED",
    "message": "Authentication required. Please provide a valid API key.",
    "system_message": "Missing or invalid authorization header",
    "type": "authentication_error",
    "status": 401,
    "details": {},
    "trace_id": "req_abc123xyz",
    "timestamp": "2026-06-28T10:30:00Z"
  }
}
""",
        """
{
  "success": false,
  "error": {
    "code": "INSUFFICIENT_PERMISSIONS",
    "message": "You do not have permission to access this resource.",
    "system_message": "USE_MUSIC_GENERATION capability required",
    "type": "authorization_error",
    "status": 403,
    "details": {},
    "trace_id": "req_def456uvw",
    "timestamp": "2026-06-28T10:30:00Z"
  }
}
""",
        """
{
  "success": false,
  "error": {
    "code": "VALIDATION_ERROR",
    "message": "The request contains invalid parameters.",
    "system_message": "custom_prompt is required when goal is custom_prompt",
    "type": "validation_error",
    "status": 422,
    "details": { "field": "custom_prompt" },
    "trace_id": "req_ghi789rst",
    "timestamp": "2026-06-28T10:30:00Z"
  }
}
""",
    )
]


class ExampleTest(ContractCase):
    def run_example(self, command, text=None):
        address = f"http://{self.alice.address}"
        given = {"input": text.replace(ADDRESS, address)} if text else {}
        command = [part.replace(ADDRESS, address) for part in command]
        environment = {**os.environ, "FREDDY_API_KEY": world.ALICE.text, "NO_PROXY": "127.0.0.1"}
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            **given,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def check_started(self, session_id):
        self.addCleanup(self.alice.end, session_id)
        session = self.alice.end(session_id).json()
        for name in ("goal", "engine", "target_minutes", "total_segments"):
            self.assertEqual(session[name], ANSWER[name])

    def test_curl(self):
        session = json.loads(self.run_example(["sh", "-c", CURL]))
        self.check_started(session["session_id"])
        self.assertEqual([], world.document().problems(session, world.document().schema("Session")))
        self.assertEqual(list(session), list(ANSWER))
        for name in set(ANSWER) - VARYING:
            self.assertEqual(session[name], ANSWER[name])

    def test_python(self):
        self.check_started(self.run_example([sys.executable, "-"], PYTHON))

    def test_javascript(self):
        session_id, status = self.run_example(
            ["node", "--input-type=module", "-"], JAVASCRIPT
        ).split()
        self.check_started(session_id)
        self.assertEqual(status, "active")

    def test_refusals_read_as_the_specification_has_them(self):
        good = {"goal": "focus", "target_minutes": 60}
        answers = [
            self.alice.request("POST", self.alice.sessions(), good, {}),
            world.client(world.LISTENER).start(**good),
            self.alice.start(goal="custom_prompt", target_minutes=60),
        ]
        for answer, wanted in zip(answers, REFUSALS):
            given = answer.json()
            self.assertEqual(list(given["error"]), list(wanted["error"]))
            for envelope in (given, wanted):
                del envelope["error"]["trace_id"], envelope["error"]["timestamp"]
            self.assertEqual(given, wanted)
