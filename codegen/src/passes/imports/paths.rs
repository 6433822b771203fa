//! Finds the paths in a piece of code: in types, expressions, patterns, bounds, derives and serde attributes.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Ident, Item, Meta, Path, PathSegment, QSelf, Token};

/// Callbacks for each kind of place where a name can occur.
pub(super) trait Visitor {
    /// Visits a path, which may be replaced.
    fn path(&mut self, path: &mut Path);
    /// Visits a name that the code defines, such as an item or a type parameter.
    fn definition(&mut self, name: &Ident);
    /// Visits a name that is used without a path.
    fn mention(&mut self, name: &Ident);
}

/// Visits everything in the items except the contents of modules, which are separate scopes. All names in a `use` line
/// count as definitions.
pub(super) fn visit(items: &mut [Item], visitor: &mut impl Visitor) {
    let mut walk = Walk(visitor);
    items.iter_mut().for_each(|item| walk.visit_item_mut(item));
}

struct Walk<'v, V>(&'v mut V);

impl<V: Visitor> Walk<'_, V> {
    /// Visits `<Type as Trait>::Name`, where the first segments of the path belong to the trait.
    fn qualified(&mut self, qself: &mut Option<QSelf>, path: &mut Path) {
        let Some(own) = qself else { return self.visit_path_mut(path) };
        self.visit_type_mut(&mut own.ty);
        let segments: Vec<PathSegment> = std::mem::take(&mut path.segments).into_iter().collect();
        let (of_trait, rest) = segments.split_at(own.position.min(segments.len()));
        let mut of_trait = Path {
            leading_colon: path.leading_colon,
            segments: of_trait.iter().cloned().collect(),
        };
        if !of_trait.segments.is_empty() {
            self.visit_path_mut(&mut of_trait);
            own.position = of_trait.segments.len();
            path.leading_colon = of_trait.leading_colon;
        }
        path.segments = of_trait.segments;
        for segment in rest {
            let mut segment = segment.clone();
            self.visit_path_segment_mut(&mut segment);
            path.segments.push(segment);
        }
    }

    fn derives(&mut self, attribute: &mut Attribute) {
        let list = Punctuated::<Path, Token![,]>::parse_terminated;
        let Ok(derives) = attribute.parse_args_with(list) else { return };
        let is_of_the_prelude = |path: &Path| path.leading_colon.is_none();
        // In the conventional order, derives of the standard library come first.
        let (mut derives, others): (Vec<Path>, Vec<Path>) =
            derives.into_iter().partition(is_of_the_prelude);
        derives.extend(others);
        // Derives without leading colons are prelude macros, which types can't hide.
        derives
            .iter_mut()
            .filter(|path| path.leading_colon.is_some())
            .for_each(|path| self.0.path(path));
        attribute.meta = syn::parse_quote!(derive(#(#derives),*));
    }

    /// Visits the serde options whose values are paths.
    fn options_of_serde(&mut self, attribute: &mut Attribute) {
        const PATHS: &[&str] = &[
            "default",
            "deserialize_with",
            "from",
            "into",
            "serialize_with",
            "skip_serializing_if",
            "try_from",
            "with",
        ];
        let list = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(mut options) = attribute.parse_args_with(list) else { return };
        for option in &mut options {
            let Meta::NameValue(option) = option else { continue };
            if let syn::Expr::Lit(literal) = &mut option.value
                && let syn::Lit::Str(text) = &literal.lit
                && PATHS.iter().any(|name| option.path.is_ident(name))
                && let Ok(mut path) = text.parse::<Path>()
            {
                self.visit_path_mut(&mut path);
                let short = path.to_token_stream().to_string().replace(' ', "");
                literal.lit = syn::Lit::Str(syn::LitStr::new(&short, text.span()));
            }
        }
        attribute.meta = syn::parse_quote!(serde(#options));
    }
}

/// Finds all names in tokens that syn doesn't parse.
fn idents(tokens: TokenStream, found: &mut impl FnMut(&Ident)) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => found(&name),
            TokenTree::Group(group) => idents(group.stream(), found),
            _ => {}
        }
    }
}

impl<V: Visitor> VisitMut for Walk<'_, V> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        // The path's arguments come first, because they stay when the path is replaced.
        visit_mut::visit_path_mut(self, path);
        self.0.path(path);
    }

    fn visit_expr_path_mut(&mut self, node: &mut syn::ExprPath) {
        node.attrs.iter_mut().for_each(|each| self.visit_attribute_mut(each));
        self.qualified(&mut node.qself, &mut node.path);
    }

    fn visit_type_path_mut(&mut self, node: &mut syn::TypePath) {
        self.qualified(&mut node.qself, &mut node.path);
    }

    fn visit_expr_struct_mut(&mut self, node: &mut syn::ExprStruct) {
        self.qualified(&mut node.qself, &mut node.path);
        node.fields.iter_mut().for_each(|field| self.visit_field_value_mut(field));
        node.rest.iter_mut().for_each(|rest| self.visit_expr_mut(rest));
    }

    fn visit_pat_struct_mut(&mut self, node: &mut syn::PatStruct) {
        self.qualified(&mut node.qself, &mut node.path);
        node.fields.iter_mut().for_each(|field| self.visit_field_pat_mut(field));
    }

    fn visit_pat_tuple_struct_mut(&mut self, node: &mut syn::PatTupleStruct) {
        self.qualified(&mut node.qself, &mut node.path);
        node.elems.iter_mut().for_each(|element| self.visit_pat_mut(element));
    }

    fn visit_pat_ident_mut(&mut self, node: &mut syn::PatIdent) {
        // A name in a pattern is a new variable, unless a constant or a variant such as `None` has that name. An
        // import must not bring such a constant or variant into scope.
        self.0.mention(&node.ident);
        visit_mut::visit_pat_ident_mut(self, node);
    }

    fn visit_type_param_mut(&mut self, node: &mut syn::TypeParam) {
        self.0.definition(&node.ident);
        visit_mut::visit_type_param_mut(self, node);
    }

    fn visit_const_param_mut(&mut self, node: &mut syn::ConstParam) {
        self.0.definition(&node.ident);
        visit_mut::visit_const_param_mut(self, node);
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        if let Some(name) = name(item) {
            self.0.definition(name);
        }
        match item {
            Item::Mod(_) => {}
            // Private imports at the top of a file are handled separately. Imports inside a function hide outer names.
            Item::Use(item) => {
                idents(item.tree.to_token_stream(), &mut |name| self.0.definition(name))
            }
            other => visit_mut::visit_item_mut(self, other),
        }
    }

    /// Leaves the paths in a function with a `cfg` attribute unchanged. On targets without the function, an import for
    /// such a path would be unused or wouldn't resolve.
    fn visit_impl_item_fn_mut(&mut self, node: &mut syn::ImplItemFn) {
        if node.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
            idents(node.to_token_stream(), &mut |name| self.0.mention(name));
        } else {
            visit_mut::visit_impl_item_fn_mut(self, node);
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if attribute.path().is_ident("derive") {
            self.derives(attribute);
        } else if attribute.path().is_ident("serde") {
            self.options_of_serde(attribute);
        }
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        self.0.path(&mut node.path);
        idents(node.tokens.clone(), &mut |name| self.0.mention(name));
    }

    fn visit_vis_restricted_mut(&mut self, _: &mut syn::VisRestricted) {}
}

/// Returns the name that an item defines.
fn name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::ExternCrate(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Mod(item) => Some(&item.ident),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::TraitAlias(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}
