//! Takes out of the module what is never called.
//!
//! For every type of view the framework keeps functions for ways to come alive that the portal
//! does not go. Tables name them, so the linker must keep them: a tenth of the module. Here each
//! becomes a trap, and what only they needed ends up in no part. Decision record 13 says more.

use anyhow::Result;
use std::collections::HashSet;
use std::ops::Range;
use wasm_encoder::{CodeSection, CustomSection, Encode, Function, Instruction, Module, RawSection};
use wasmparser::{
    BinaryReader, FunctionBody, KnownCustom, Name, Parser, Payload, RelocAddendKind,
    RelocSectionReader, RelocationEntry, TypeRef,
};

/// Endings, before the hash, of the symbols that are never called.
///
/// Only functions that others reach through a table belong here, not what these call in turn: that
/// goes by itself, and may be shared with what is called, because the compiler merges functions
/// with the same body under one of their names.
const NEVER_CALLED: [&str; 2] = [
    // A page is taken over at once: its part of the module is fetched before.
    "8into_any13hydrate_async",
    // Only the server asks which routes there are.
    "21into_any_nested_route15generate_routes",
];

/// What follows the name in a symbol: the length of the hash, then it.
const HASH: &str = "17h";

/// Where the references into the code stand.
const REFERENCES: &str = "reloc.CODE";

/// A function's body in the code section: where it was, and where it is unless it became a trap.
struct Moved {
    from: Range<u64>,
    to: Option<u64>,
}

/// The module with a trap in place of each function that is never called.
pub fn prune(module: &[u8]) -> Result<Vec<u8>> {
    let payloads = Parser::new(0).parse_all(module).collect::<Result<Vec<_>, _>>()?;
    let (code, moved) = rewritten(&payloads, &never_called(&payloads)?)?;
    let mut output = Module::new();
    for payload in &payloads {
        match payload {
            Payload::CodeSectionStart { .. } => {
                output.section(&code);
            }
            Payload::CustomSection(section) if section.name() == REFERENCES => {
                let reader = BinaryReader::new(section.data(), 0);
                let data = references(&RelocSectionReader::new(reader)?, &moved)?.into();
                output.section(&CustomSection { name: REFERENCES.into(), data });
            }
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let data = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
                    output.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(output.finish())
}

/// Indices of the functions that are never called.
fn never_called(payloads: &[Payload]) -> Result<HashSet<u32>> {
    let mut found = HashSet::new();
    for payload in payloads {
        let Payload::CustomSection(section) = payload else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for name in names {
            let Name::Function(functions) = name? else { continue };
            for function in functions {
                let function = function?;
                let symbol = function.name.rsplit_once(HASH).map_or("", |(name, _)| name);
                if NEVER_CALLED.iter().any(|ending| symbol.ends_with(ending)) {
                    found.insert(function.index);
                }
            }
        }
    }
    Ok(found)
}

/// The code section anew, and where its functions went.
fn rewritten(payloads: &[Payload], traps: &HashSet<u32>) -> Result<(CodeSection, Vec<Moved>)> {
    let mut code = CodeSection::new();
    let mut moved = Vec::new();
    let mut index = imported_functions(payloads)?;
    let (mut start, mut end) = (0, 0);
    for payload in payloads {
        match payload {
            Payload::CodeSectionStart { range, count, .. } => {
                start = range.start;
                end = length_of(*count);
            }
            Payload::CodeSectionEntry(body) => {
                let trap = traps.contains(&index);
                let bytes = if trap { trapping() } else { body.as_bytes().to_vec() };
                let to = end + length_of(u32::try_from(bytes.len())?);
                end = to + bytes.len() as u64;
                moved.push(Moved { from: inside(body, start), to: (!trap).then_some(to) });
                code.raw(&bytes);
                index += 1;
            }
            _ => {}
        }
    }
    Ok((code, moved))
}

fn inside(body: &FunctionBody, section: u64) -> Range<u64> {
    let range = body.range();
    range.start - section..range.end - section
}

fn imported_functions(payloads: &[Payload]) -> Result<u32> {
    let mut count = 0;
    for payload in payloads {
        let Payload::ImportSection(imports) = payload else { continue };
        for import in imports.clone().into_imports() {
            count += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
        }
    }
    Ok(count)
}

/// The body of a function that ends the program.
fn trapping() -> Vec<u8> {
    let mut function = Function::new([]);
    function.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
    function.into_raw_body()
}

/// Bytes that a number takes.
fn length_of(number: u32) -> u64 {
    let mut bytes = Vec::new();
    number.encode(&mut bytes);
    bytes.len() as u64
}

/// The references that are left, at their new places.
fn references(section: &RelocSectionReader, moved: &[Moved]) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    let mut count = 0_u32;
    for entry in section.entries() {
        let entry = entry?;
        let at = u64::from(entry.offset);
        let next = moved.partition_point(|body| body.from.end <= at);
        let body = moved.get(next).filter(|body| body.from.contains(&at));
        let Some(body) = body else { anyhow::bail!("a reference stands in no function") };
        if let Some(to) = body.to {
            let offset = u32::try_from(to + at - body.from.start)?;
            write(&RelocationEntry { offset, ..entry }, &mut entries)?;
            count += 1;
        }
    }
    let mut data = Vec::new();
    section.section_index().encode(&mut data);
    count.encode(&mut data);
    data.extend(entries);
    Ok(data)
}

fn write(entry: &RelocationEntry, output: &mut Vec<u8>) -> Result<()> {
    output.push(entry.ty as u8);
    entry.offset.encode(output);
    entry.index.encode(output);
    match entry.ty.addend_kind() {
        RelocAddendKind::None => {}
        RelocAddendKind::Addend32 => i32::try_from(entry.addend)?.encode(output),
        RelocAddendKind::Addend64 => entry.addend.encode(output),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{FunctionSection, IndirectNameMap, NameMap, NameSection, TypeSection};

    /// Three functions, the last of which refers to something in its body.
    fn module(names: [&str; 3]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for _ in names {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..100 {
                body.instruction(&Instruction::Nop);
            }
            code.function(body.instruction(&Instruction::End));
        }
        let mut map = NameMap::new();
        for (index, name) in names.iter().enumerate() {
            map.append(index as u32, name);
        }
        let mut named = NameSection::new();
        named.functions(&map);
        named.locals(&IndirectNameMap::new());
        // One reference into each body: a function's index, 10 bytes after the body's beginning.
        let mut references = vec![3, 3];
        for at in [12_u32, 115, 218] {
            references.push(0);
            at.encode(&mut references);
            references.push(7);
        }
        module.section(&types).section(&functions).section(&code).section(&named);
        module.section(&CustomSection { name: REFERENCES.into(), data: references.into() });
        module.finish()
    }

    #[test]
    fn uncalled_functions_are_traps_and_references_follow() {
        let before = module(["a", "_ZN7IntoAny8into_any13hydrate_async17h0123456789abcdefE", "b"]);
        let after = prune(&before).unwrap();
        wasmparser::validate(&after).unwrap();
        assert!(after.len() < before.len() - 90);
        let mut offsets = Vec::new();
        for payload in Parser::new(0).parse_all(&after) {
            let Payload::CustomSection(section) = payload.unwrap() else { continue };
            if section.name() == REFERENCES {
                let reader = BinaryReader::new(section.data(), 0);
                for entry in RelocSectionReader::new(reader).unwrap().entries() {
                    offsets.push(entry.unwrap().offset);
                }
            }
        }
        // Body 0 stays at its place; body 1 has 3 bytes instead of 102.
        assert_eq!(offsets, [12, 218 - 99]);
    }

    #[test]
    fn what_only_mentions_such_a_function_stays() {
        let closure = "_ZN7IntoAny8into_any13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h0E";
        let module = module(["a", closure, "hydrate_async"]);
        assert_eq!(prune(&module).unwrap(), module);
    }
}
