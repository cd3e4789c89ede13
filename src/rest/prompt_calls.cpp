// SPDX-License-Identifier: MIT
#include "rest/prompt_calls.h"

#include "plan/prompt.h"
#include "rest/prompt_json.h"
#include "rest/request_json.h"

namespace focus::core::rest {

Answer read_prompt(RestContext& context, const Call& call) {
  const absl::StatusOr<std::string> prompt = read_prompt_body(call.request.body);
  if (!prompt.ok()) return explain(context, prompt.status());
  return json_response(200, reading_json(plan::read_prompt(*prompt)));
}

}  // namespace focus::core::rest
