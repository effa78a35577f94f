#pragma once

#include "core/base/Result.h"
#include "core/base/Sha256.h"
#include "core/ingest/Format.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace transept {

struct Archive;

/// The bytes of a file, unpacked when it is gzip. Reads forward only.
class ByteSource
{
public:
    static Result<ByteSource> open(const std::filesystem::path& file, bool compressed);
    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) = delete;
    ~ByteSource();

    /// Appends up to `most` bytes. 0: the end. InvalidInput for a damaged or truncated gzip file.
    Result<std::size_t> read(std::string& bytes, std::size_t most);

    /// The share of the file on the disk that was read so far.
    double fraction() const;

private:
    ByteSource(std::filesystem::path file,
               std::uintmax_t size,
               int descriptor,
               std::unique_ptr<Archive> archive);

    std::filesystem::path m_file;
    std::uintmax_t m_size = 0;
    std::uintmax_t m_read = 0;
    int m_descriptor = -1;
    std::unique_ptr<Archive> m_archive;
};

/// Turns bytes into UTF-8, piece by piece. What is not valid in the encoding comes out as bytes that are not
/// valid UTF-8 either, so that whoever checks the text finds it: nothing is replaced in silence. A byte order
/// mark is dropped. Latin-1 is read as Windows-1252, its superset, as browsers do.
class Decoder
{
public:
    explicit Decoder(Format::Encoding encoding) : m_encoding(encoding) {}

    void decode(std::string_view bytes, std::string& text);
    /// What is left over at the end of the file (half a character).
    void finish(std::string& text);

private:
    void decodeUnit(std::uint32_t unit, std::string& text);

    Format::Encoding m_encoding;
    std::string m_left; ///< bytes of a unit or a mark that is not complete yet
    std::uint32_t m_highSurrogate = 0;
    bool m_started = false;
};

bool isValidUtf8(std::string_view text) noexcept;

/// The same text with every byte that is not valid UTF-8 written as \xNN.
std::string withEscapedBytes(std::string_view text);

/// The decoded text of a file as a window that moves forward, and the hash of what it left behind.
class TextSource
{
public:
    static Result<TextSource> open(const std::filesystem::path& file, const Format& format);

    /// What was read and not consumed yet.
    std::string_view rest() const { return std::string_view(m_text).substr(m_at); }

    /// Makes rest() longer; its text may move, its beginning stays. False: the file has ended.
    Result<bool> more();

    void consume(std::size_t bytes) { m_at += bytes; }

    /// Of the beginning of rest() in the decoded text, in bytes.
    std::int64_t offset() const { return m_dropped + static_cast<std::int64_t>(m_at); }

    std::string hashOfConsumed();
    double fraction() const { return m_bytes.fraction(); }

private:
    TextSource(ByteSource bytes, Format::Encoding encoding) : m_bytes(std::move(bytes)), m_decoder(encoding)
    {
    }
    void hashConsumed();

    ByteSource m_bytes;
    Decoder m_decoder;
    std::string m_raw;
    std::string m_text;
    std::size_t m_at = 0;
    std::size_t m_hashed = 0;
    std::int64_t m_dropped = 0;
    bool m_ended = false;
    std::unique_ptr<Sha256> m_hash = std::make_unique<Sha256>();
};

} // namespace transept
