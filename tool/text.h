// SPDX-License-Identifier: MIT
// Numbers, times and names as text, read and written the same whatever the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// `value` with a fixed count of decimals; "-inf" and "nan" where it is no number.
std::string decimal(double value, int decimals);

/// A length as m:ss, or h:mm:ss from one hour on. Negative lengths count as 0.
std::string clock(double seconds);

/// "1 segment", "2 segments".
std::string plural(std::int64_t count, const std::string& noun);

/// The words in one text, with `between` between two of them.
std::string joined(const std::vector<std::string>& words, std::string_view between);

/// The whole of `text` as a number, or nothing.
std::optional<double> real_number(std::string_view text);
std::optional<std::int64_t> whole_number(std::string_view text);
std::optional<std::uint64_t> natural_number(std::string_view text);

/// A moment or a length in seconds, written as 90, 1:30 or 0:01:30, or nothing.
std::optional<double> clock_time(std::string_view text);

/// How many columns `text` takes on a terminal: its code points, which is right for file names in
/// most scripts.
std::size_t columns(std::string_view text);

/// `text` filled up with blanks to `width` columns, on the right or on the left.
std::string left(std::string_view text, std::size_t width);
std::string right(std::string_view text, std::size_t width);

/// `text` cut to `width` columns.
std::string clip(std::string_view text, std::size_t width);

/// `text` on one line, as UTF-8 and without what would command a terminal: for names of files and
/// all else that others have chosen.
std::string plain(std::string_view text);

/// `text` as UTF-8: U+FFFD stands for every byte that is none. A file name may be any bytes.
std::string utf8(std::string_view text);

/// A file name as it can be pasted into a shell. Bytes that are not to be shown are written as
/// $'\xE9', which bash, zsh and ksh read.
std::string shell_quoted(const std::string& path);

}  // namespace cli
