// SPDX-License-Identifier: MIT
#include "options.h"

#include <array>
#include <limits>
#include <string_view>

#include "option_types.h"
#include "serve/key_file.h"
#include "text.h"

namespace cli {
namespace {

constexpr const char* kServeExamples = R"(Examples:
  focus-session serve --data ~/focus
      on http://127.0.0.1:8080; the first start makes a key, and prints it with a command to try
  focus-session serve
      for a try: sessions, tracks and the key are gone when it stops
  focus-session serve --data ~/focus --port 0
      on a port that is free, which is printed
  focus-session serve --data /srv/focus --public-url https://music.example.com --log
      behind a web server that speaks TLS; a line for each request on standard output
  focus-session serve --data /srv/focus --price studio=1000 --cap-day 60000
      an organization may have 60 minutes a day
  focus-session serve --data /srv/focus --allow-origin https://app.example.com
      pages of that origin may use it from a browser
  focus-session serve --data /srv/focus --sessions-per-key 20 --stored-bytes-per-key 10G
      a key that asks for more at a time is answered 429, with the name of the bound
  focus-session serve --database postgresql://focus@db/focus --objects https://s3.example.com \
      --bucket focus --cache /var/cache/focus
      as one of any number of equal nodes behind a load balancer
  focus-session serve --data /srv/focus --webhook https://app.example.com/hooks/focus
      that address is told when a segment is ready; the first start prints what to check it with
  focus-session serve --engine-command 'python3 drone_engine.py {brief} {out}' --engine-key drone
      clients may ask for "engine": "drone"

Keys are kept as hashes in DIR/keys.json, which is read again whenever it changes:
`focus-session keys --help`. Ctrl-C or SIGTERM ends the answers under way and stops; sessions go on
with the next start on the same DIR.)";

constexpr const char* kAddExamples =
    R"(  focus-session keys add ~/focus/keys.json --organization org_family
      prints a new key, which is kept nowhere: the file gets its hash
  focus-session keys add ~/focus/keys.json --organization org_family --caller anna --read-only
      listens to what other keys of the caller anna have made, and makes nothing
  focus-session keys add ~/focus/keys.json --caller prometheus --read-only --metrics
      reads /metrics, all of it
)";
constexpr const char* kListExamples = "  focus-session keys list ~/focus/keys.json\n";
constexpr const char* kRemoveExamples = R"(  focus-session keys remove ~/focus/keys.json 4f2a
      from now on the key whose hash begins like that is not known
)";

std::string keys_footer(const std::string& examples) {
  return "Examples:\n" + examples + "\nA server that runs with the file notices within a second.";
}

/// An option that holds a whole number in a range.
CLI::Option* add_range(CLI::App& app, const std::string& option, const std::string& about,
                       std::int32_t lowest, std::int32_t highest, std::int32_t& value) {
  return add_whole(app, option, about, [=, &value](std::int32_t number) {
    if (number < lowest || number > highest) {
      refuse(option, "must be " + std::to_string(lowest) + " to " + std::to_string(highest) +
                         ", not " + std::to_string(number));
    }
    value = number;
  });
}

std::int64_t read_micros(const std::string& option, const std::string& text) {
  const auto micros = whole_number(text);
  if (!micros || *micros < 0) {
    refuse(option, "must be a whole number of micro-units, from 0 on, not \"" + text + "\"");
  }
  return *micros;
}

void add_spending(CLI::App& command, ServeOptions& options) {
  command
      .add_option_function<std::vector<std::string>>(
          "--price",
          [&options](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              const std::size_t equals = text.find('=');
              if (equals == 0 || equals == text.npos) {
                refuse("--price", "must be such as studio=1000, not \"" + text + "\"");
              }
              options.prices.emplace_back(text.substr(0, equals),
                                          read_micros("--price", text.substr(equals + 1)));
            }
          },
          "What a minute of an engine's music costs, in micro-units; may be repeated")
      ->type_name("ENGINE=N")
      ->expected(1)
      ->take_all();
  const auto add_cap = [&command](const std::string& name, const std::string& about,
                                  std::optional<std::int64_t>& cap) {
    command
        .add_option_function<std::string>(
            name, [name, &cap](const std::string& text) { cap = read_micros(name, text); }, about)
        ->type_name("N");
  };
  add_cap("--cap-session", "What a session may spend, in micro-units",
          options.caps.per_session_micros);
  add_cap("--cap-day", "What an organization may spend in a day (UTC)",
          options.caps.per_day_micros);
}

/// A number of bytes, such as 500000000, 500M or 100G; with `may_be_none` also -1.
std::int64_t read_size(const std::string& option, const std::string& text, bool may_be_none) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  constexpr std::string_view kUnits = "kMGT";
  const std::size_t unit = text.empty() ? kUnits.npos : kUnits.find(text.back());
  std::int64_t scale = 1;
  for (std::size_t i = 0; unit != kUnits.npos && i <= unit; ++i) scale *= 1000;
  const auto number = whole_number(unit == kUnits.npos ? text : text.substr(0, text.size() - 1));
  if (may_be_none && number == -1 && scale == 1) return -1;
  if (!number || *number < 1 || *number > kMost / scale) {
    refuse(option, "must be a number of bytes, such as 500M or 100G" +
                       std::string(may_be_none ? ", or -1 for no bound" : "") + ", not \"" + text +
                       "\"");
  }
  return *number * scale;
}

void add_size(CLI::App& command, const std::string& name, const std::string& about,
              bool may_be_none, std::int64_t& value) {
  command
      .add_option_function<std::string>(
          name,
          [name, may_be_none, &value](const std::string& text) {
            value = read_size(name, text, may_be_none);
          },
          about)
      ->type_name("BYTES");
}

void add_bounds(CLI::App& command, ServeOptions& options) {
  const auto add_count = [&command](const std::string& name, const std::string& about,
                                    std::int32_t& value) {
    add_whole(command, name, about, [name, &value](std::int32_t number) {
      if (number != -1 && (number < 1 || number > 1'000'000)) {
        refuse(name, "must be 1 to 1000000, or -1 for no bound, not " + std::to_string(number));
      }
      value = number;
    })->type_name("N");
  };
  add_count("--sessions-per-key",
            "Active sessions of a caller's keys at a time, -1 for no bound (200)",
            options.sessions_per_key);
  add_count("--sessions-per-organization", "Likewise, of an organization's (1000)",
            options.sessions_per_organization);
  add_count("--streams-per-key", "Event streams of a caller's keys at a time, -1 for no bound (64)",
            options.streams_per_key);
  add_count("--streams-per-organization", "Likewise, of an organization's (128)",
            options.streams_per_organization);
  add_count("--listeners-per-key",
            "Listeners of a caller's continuous streams at a time, -1 for no bound (1000)",
            options.listeners_per_key);
  add_count("--listeners-per-organization", "Likewise, of an organization's (2000)",
            options.listeners_per_organization);
  add_size(command, "--stored-bytes-per-key",
           "Audio of a caller's, above which nothing more is made, -1 for no bound (100G)", true,
           options.stored_bytes_per_key);
  add_size(command, "--stored-bytes-per-organization", "Likewise, of an organization's (400G)",
           true, options.stored_bytes_per_organization);
  add_range(command, "--streams", "Streams of everybody at a time (1024)", 1, 65536,
            options.streams)
      ->type_name("N");
  add_size(command, "--unread-bytes-per-key",
           "What a caller's clients may leave unread of what is sent to them (67108864)", false,
           options.unread_bytes_per_key);
}

void add_requests_per_minute(CLI::App& command, std::int32_t& value, const std::string& usual) {
  add_range(command, "--requests-per-minute",
            "Requests a key has in a minute, -1 for no limit (" + usual + ")", -1,
            std::numeric_limits<std::int32_t>::max(), value)
      ->type_name("N");
}

CLI::App* add_keys_command(CLI::App& keys, KeysOptions& options, KeysOptions::What what,
                           const std::string& name, const std::string& about,
                           const std::string& examples) {
  CLI::App* command = keys.add_subcommand(name, about);
  command->callback([&options, what] { options.what = what; });
  command->add_option("FILE", options.file, "The key file of a server")->required()->type_name("");
  command->footer(keys_footer(examples));
  return command;
}

void add_cluster(CLI::App& command, ServeOptions& options) {
  CLI::Option* const database =
      command
          .add_option("--database", options.database_url,
                      "The PostgreSQL database that the nodes of a cluster share, such as "
                      "postgresql://focus@db.example.com/focus")
          ->type_name("URL");
  command
      .add_option("--objects", options.objects_url,
                  "The storage of their audio: an address that speaks the protocol of S3 (key and "
                  "secret in FOCUS_OBJECTS_KEY and FOCUS_OBJECTS_SECRET), or file:///FOLDER")
      ->type_name("URL")
      ->needs(database);
  command.add_option("--bucket", options.bucket, "The bucket of that storage")
      ->type_name("NAME")
      ->needs(database);
  command.add_option("--objects-region", options.region, "Its region (us-east-1)")
      ->type_name("NAME")
      ->needs(database);
  command
      .add_option("--cache", options.cache_folder,
                  "A folder of this node for audio that it reads and writes (a temporary one)")
      ->type_name("DIR")
      ->needs(database);
  command.add_option("--node", options.node, "How the name of this node begins (node)")
      ->type_name("NAME")
      ->needs(database);
  add_range(command, "--workers",
            "Threads that make music, as --jobs; 0 for none: the other nodes of the cluster do", 0,
            64, options.workers)
      ->type_name("N");
  command
      .add_flag("--direct-audio", options.direct_audio,
                "Segments are answered with a redirection to the storage, which clients must reach")
      ->needs(database);
  command
      .add_flag_callback(
          "--no-http", [&options] { options.has_http = false; },
          "Answer no requests: a node that only makes music")
      ->needs(database);
}

}  // namespace

CLI::App* add_serve(CLI::App& app, ServeOptions& options) {
  CLI::App* command =
      app.add_subcommand("serve", "Answer HTTP requests, and show a page that plays");
  command->add_option("--host", options.host, "The address to listen on")
      ->type_name("ADDRESS")
      ->capture_default_str();
  add_range(*command, "--port", "The port, 0 for any that is free", 0, 65535, options.port)
      ->type_name("N")
      ->default_str("8080");
  command
      ->add_option_function<std::string>(
          "--data",
          [&options](const std::string& text) {
            if (text.empty()) refuse("--data", "must be a folder; leave it out to keep nothing");
            options.data_folder = text;
          },
          "A folder for what is kept: music and keys")
      ->type_name("DIR");
  add_cluster(*command, options);
  command->add_option("--keys", options.key_file, "Who may ask (DIR/keys.json)")->type_name("FILE");
  command
      ->add_option("--public-url", options.public_url,
                   "What playback URLs begin with, where it is not http:// and the request's Host")
      ->type_name("URL");
  add_jobs(*command, options.jobs);
  add_requests_per_minute(*command, options.requests_per_minute, "1200");
  add_range(*command, "--url-life", "Seconds for which a playback URL works, 1 to 604800 (300)", 1,
            604800, options.url_life_seconds)
      ->type_name("S");
  add_spending(*command, options);
  add_engine_options(*command, options.engine);
  add_range(
      *command, "--keep-sessions",
      "Hours without use or change after which a session is removed, but for its tracks (never)", 1,
      876000, options.keep_hours)
      ->type_name("H");
  add_range(*command, "--connections",
            "Clients at a time; beyond, the longest silent one has to go (half of the descriptors)",
            1, 65536, options.connections)
      ->type_name("N");
  add_range(*command, "--connections-per-address",
            "Likewise, from one address (half of --connections; with --public-url all of them, "
            "since a web server passes them on)",
            1, 65536, options.connections_per_address)
      ->type_name("N");
  add_bounds(*command, options);
  command
      ->add_option("--allow-origin", options.allowed_origins,
                   "An origin whose pages may ask from a browser, * for any; may be repeated (none "
                   "but this server's own)")
      ->type_name("ORIGIN")
      ->expected(1)
      ->take_all();
  command
      ->add_option("--webhook", options.webhooks,
                   "An address that is told of what happens to sessions, by signed POSTs (Standard "
                   "Webhooks); may be repeated")
      ->type_name("URL")
      ->expected(1)
      ->take_all();
  command
      ->add_option("--webhook-secret", options.webhook_secret_file,
                   "The file of what they are signed with, made where it is missing "
                   "(DIR/webhook.secret)")
      ->type_name("FILE");
  command->add_flag("--open-metrics", options.open_metrics,
                    "/metrics needs no key, and tells no money");
  command->add_flag("--log", options.access_log, "Tell each request in a line");
  command->footer(kServeExamples);
  return command;
}

CLI::App* add_keys(CLI::App& app, KeysOptions& options) {
  using What = KeysOptions::What;
  CLI::App* keys = app.add_subcommand("keys", "Add, list and remove the keys of a server");
  keys->require_subcommand(1);
  keys->footer(keys_footer(std::string(kAddExamples) + kListExamples + kRemoveExamples));
  CLI::App* add =
      add_keys_command(*keys, options, What::add, "add", "Make a key, and print it", kAddExamples);
  add->add_option_function<std::vector<std::string>>(
         "--organization",
         [&options](const std::vector<std::string>& names) {
           for (const std::string& name : names) {
             if (!is_organization(name)) {
               refuse("--organization", "must be letters, digits, _ and -, not \"" + name + "\"");
             }
           }
           options.access.organizations = names;
         },
         "Whom it belongs to; may be repeated")
      ->type_name("NAME")
      ->default_str("org_local")
      ->expected(1)
      ->take_all();
  add->add_option("--caller", options.access.caller,
                  "Whose it is: keys of one caller see the same sessions (those of nobody else)")
      ->type_name("NAME");
  add->add_flag("--read-only", options.read_only, "It starts and steers nothing");
  add->add_flag("--metrics", options.metrics,
                "It sees in /metrics what all organizations together have spent");
  add_requests_per_minute(*add, options.access.requests_per_minute, "that of the server");
  add_keys_command(*keys, options, What::list, "list", "List the keys, by their hashes",
                   kListExamples);
  add_keys_command(*keys, options, What::remove, "remove", "Let a key in no longer",
                   kRemoveExamples)
      ->add_option("HASH", options.hash, "The beginning of its hash, or the key itself")
      ->required()
      ->type_name("");
  return keys;
}

}  // namespace cli
