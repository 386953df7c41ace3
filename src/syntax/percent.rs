//! Percent-encoding, in which the API returns documents (RFC 3986).

/// Resolves `%XX`; `None` if a `%` begins no such triple or the bytes are not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = tail else { return None };
        bytes.push(digit(*high)? << 4 | digit(*low)?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// Writes all but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    out
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn triples_become_bytes_and_the_rest_stays() {
        assert_eq!(decode("%7B%22a%22%3A+1%7D").as_deref(), Some("{\"a\":+1}"));
        assert_eq!(decode("%C3%a9").as_deref(), Some("é"));
    }

    #[test]
    fn what_is_encoded_reads_back() {
        assert_eq!(encode("{\"é\": ~}"), "%7B%22%C3%A9%22%3A%20~%7D");
        assert_eq!(decode(&encode("a+b %41")).as_deref(), Some("a+b %41"));
    }

    #[test]
    fn what_is_no_triple_or_no_utf8_is_refused() {
        for bad in ["%", "%7", "%zz", "%+1", "%FF"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
