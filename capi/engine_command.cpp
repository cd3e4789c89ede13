// SPDX-License-Identifier: MIT
#include "engines/command/command_generator.h"
#include "engines/host/host_engine.h"
#include "handles.h"
#include "host_description.h"

using namespace focus::core;
using namespace focus::core::capi;

int32_t focus_engine_register_command(focus_service* service,
                                      const focus_engine_description* description,
                                      const char* command) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (command == nullptr) return null_argument("command");
    FOCUS_ASSIGN_OR_RETURN(HostDescription described, read_description(description, "command"));
    FOCUS_ASSIGN_OR_RETURN(auto generator, engines::CommandGenerator::create(command));
    session::Service& home = *service->service;
    return home.engines().add(
        std::make_shared<engines::HostEngine>(std::move(described.info), described.terms,
                                              std::move(generator), home.clock(), home.log()));
  });
}
