// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <list>
#include <string>
#include <unordered_map>

namespace focus::core::session {

/// Deficit round robin (Shreedhar and Varghese, 1995): takes turns between those that want
/// something, so that each gets the same amount of work however many things it wants, and however
/// large they are. Not thread-safe; a pure function of its calls.
///
/// Who is in the round gets kQuantum in each turn, and keeps what its next thing does not use up.
/// A thing is served once its owner has as much as it costs.
class FairTurns {
 public:
  /// In seconds of work. The smaller it is, the less the order depends on how large things are.
  static constexpr double kQuantum = 1.0;
  /// What the next thing of one in the round costs, in seconds of work; more than 0.
  using CostOf = std::function<double(const std::string& name)>;

  /// From now on `name` wants something: it comes last in the round, unless it is there already.
  void join(const std::string& name);
  /// It wants nothing more, and what it has saved or owes is forgotten.
  void leave(const std::string& name);
  bool empty() const { return round_.empty(); }

  /// Whose turn it is; not to be asked where the round is empty. The same until it is charged,
  /// leaves, or its next thing costs more.
  const std::string& next(const CostOf& cost_of);
  /// Its next thing was served. Where it was served out of turn it may owe something after that.
  void charge(const std::string& name, double cost);

 private:
  struct Flow {
    std::string name;
    double saved = 0.0;  ///< negative where it owes something
    bool has_turn = false;
  };
  using Round = std::list<Flow>;

  void skip_rounds(const CostOf& cost_of);

  Round round_;  // whose turn it is stands first
  std::unordered_map<std::string, Round::iterator> places_;
};

}  // namespace focus::core::session
