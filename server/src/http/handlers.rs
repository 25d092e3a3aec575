//! Which function serves which operation. A row of the table without one does not start.

use super::input;
use crate::{
    act::Act, audit, bulk_actions, error::Result, iam, identity_providers, instance_types,
    instances, list_exports, operations, organization, past, preferences, quotas, saved_views,
    search, sessions, single_sign_on, snapshots, ssh_keys, templates, users, view::View, webhooks,
    zones,
};
use api::{Call, op};
use futures::future::BoxFuture;
use serde_json::Value;
use std::{collections::HashMap, sync::LazyLock};

/// A read operation, from its query to its JSON.
pub type Reader = Box<
    dyn for<'a> Fn(&'a View, &'a [(String, String)]) -> BoxFuture<'a, Result<String>> + Send + Sync,
>;
/// A mutation, from its body to its JSON.
pub type Writer =
    Box<dyn for<'a> Fn(&'a mut Act, Value) -> BoxFuture<'a, Result<String>> + Send + Sync>;

/// A question with a body, from it to its JSON.
pub type Asker =
    Box<dyn for<'a> Fn(&'a View, Value) -> BoxFuture<'a, Result<String>> + Send + Sync>;

pub enum Handler {
    Read(Reader),
    Ask(Asker),
    Write(Writer),
}

/// Every handler by its operation's name.
pub static HANDLERS: LazyLock<HashMap<&'static str, Handler>> = LazyLock::new(all);

struct Table(HashMap<&'static str, Handler>);

impl Table {
    fn read<C: Call>(
        &mut self,
        _operation: C,
        serve: impl for<'a> Fn(&'a View, C::Input) -> BoxFuture<'a, Result<C::Output>>
        + Send
        + Sync
        + 'static,
    ) {
        let serve = std::sync::Arc::new(serve);
        let reader: Reader = Box::new(move |view, query| {
            let serve = serve.clone();
            Box::pin(async move {
                let output = serve(view, input::query(query)?).await?;
                serde_json::to_string(&output).map_err(crate::error::Error::internal)
            })
        });
        self.0.insert(C::ENDPOINT.operation, Handler::Read(reader));
    }

    fn ask<C: Call>(
        &mut self,
        _operation: C,
        serve: impl for<'a> Fn(&'a View, C::Input) -> BoxFuture<'a, Result<C::Output>>
        + Send
        + Sync
        + 'static,
    ) {
        let serve = std::sync::Arc::new(serve);
        let asker: Asker = Box::new(move |view, body| {
            let serve = serve.clone();
            Box::pin(async move {
                let output = serve(view, input::body(body)?).await?;
                serde_json::to_string(&output).map_err(crate::error::Error::internal)
            })
        });
        self.0.insert(C::ENDPOINT.operation, Handler::Ask(asker));
    }

    fn write<C: Call>(
        &mut self,
        _operation: C,
        serve: impl for<'a> Fn(&'a mut Act, C::Input) -> BoxFuture<'a, Result<C::Output>>
        + Send
        + Sync
        + 'static,
    ) {
        let serve = std::sync::Arc::new(serve);
        let writer: Writer = Box::new(move |act, body| {
            let serve = serve.clone();
            Box::pin(async move {
                let output = serve(act, input::body(body)?).await?;
                serde_json::to_string(&output).map_err(crate::error::Error::internal)
            })
        });
        self.0.insert(C::ENDPOINT.operation, Handler::Write(writer));
    }
}

fn all() -> HashMap<&'static str, Handler> {
    let mut t = Table(HashMap::new());
    macro_rules! read {
        ($($operation:ident => $serve:path;)*) => {
            $(t.read(op::$operation, |view, input| Box::pin($serve(view, input)));)*
        };
    }
    macro_rules! write {
        ($($operation:ident => $serve:path;)*) => {
            $(t.write(op::$operation, |act, input| Box::pin($serve(act, input)));)*
        };
    }
    read! {
        ListZones => zones::list;
        ListInstanceTypes => instance_types::list;
        GetInstanceType => instance_types::get;
        ListTemplates => templates::list;
        GetTemplate => templates::get;
        ListSshKeys => ssh_keys::list;
        GetSshKey => ssh_keys::get;
        ListInstances => instances::list;
        GetInstance => instances::get;
        RevealInstancePassword => instances::reveal_password;
        GetReverseDnsInstance => organization::reverse_dns;
        ListBulkActions => bulk_actions::list;
        GetBulkAction => bulk_actions::get;
        ListBulkItems => bulk_actions::items;
        ListSnapshots => snapshots::list;
        GetSnapshot => snapshots::get;
        GetOperation => operations::get;
        ListOperations => operations::list;
        GetOrganization => organization::get;
        ListQuotas => quotas::list;
        GetQuota => quotas::get;
        ListEvents => audit::list;
        ListAuditTrail => audit::search;
        ListResourceChanges => past::changes::list;
        GetAuditHead => audit::head;
        GetAuditKey => audit::key;
        ListAuditHeads => audit::heads::list;
        GetAuditRetention => audit::calls::retention;
        ListWebhooks => webhooks::list;
        GetWebhook => webhooks::get;
        ListWebhookDeliveries => webhooks::deliveries::list;
        ListSecurityGroups => organization::list_security_groups;
        GetSecurityGroup => organization::get_security_group;
        ListIamRoles => iam::roles::list;
        GetIamRole => iam::roles::get;
        GetIamOrganizationPolicy => iam::organization_policy::get;
        ListIamPermissions => iam::permissions::list;
        ListAccessRequests => iam::access::list;
        GetAccessRequest => iam::access::get;
        ListAccessGrants => iam::access::grants;
        ListUsers => users::list;
        ListIdentityProviders => identity_providers::list;
        GetIdentityProvider => identity_providers::get;
        FindSingleSignOn => single_sign_on::find;
        ListApiKeys => iam::keys::list;
        GetApiKey => iam::keys::get;
        ListAccessTokens => iam::list_tokens;
        GetInvitation => users::invitations::get;
        ListSessions => sessions::list;
        GetMe => sessions::get_me;
        GetSecondFactor => sessions::second_factor::get;
        ListPasskeys => sessions::passkeys::list;
        GetPasskeyCreationOptions => sessions::passkeys::creation_options;
        GetSessionConfirmationOptions => sessions::passkeys::confirmation_options;
        GetPasskeyRequestOptions => sessions::passkeys::request_options;
        ListPrices => organization::prices;
        GetSummary => organization::summary;
        ListSavedViews => saved_views::list;
        GetSavedView => saved_views::get;
        GetListExport => list_exports::get;
        GetPreferences => preferences::get;
        SearchResources => search::search;
    }
    t.ask(op::SimulateIamPolicy, |view, input| Box::pin(iam::simulation::simulate(view, input)));
    t.ask(op::ReplayIamPolicy, |view, input| Box::pin(iam::replay::replay(view, input)));
    t.ask(op::TestIdentityProvider, |view, input| Box::pin(identity_providers::test(view, input)));
    t.ask(op::BeginSingleSignOn, |view, input| Box::pin(single_sign_on::begin(view, input)));
    write! {
        UpdateTemplate => templates::update;
        DeleteTemplate => templates::delete;
        RegisterSshKey => ssh_keys::register;
        DeleteSshKey => ssh_keys::delete;
        CreateInstance => instances::create;
        UpdateInstance => instances::update;
        DeleteInstance => instances::delete;
        SoftDeleteInstance => instances::soft_delete;
        RecoverInstance => instances::recover;
        ResetInstanceField => instances::reset_field;
        AddInstanceProtection => instances::protect;
        RemoveInstanceProtection => instances::unprotect;
        StartInstance => instances::start;
        StopInstance => instances::stop;
        RebootInstance => instances::reboot;
        ResetInstance => instances::reset;
        ScaleInstance => instances::scale;
        ResizeInstanceDisk => instances::resize_disk;
        ResetInstancePassword => instances::reset_password;
        RevertInstanceToSnapshot => instances::revert;
        CreateBulkAction => bulk_actions::create;
        RetryBulkAction => bulk_actions::retry;
        CancelBulkAction => bulk_actions::cancel;
        CreateSnapshot => snapshots::create;
        DeleteSnapshot => snapshots::delete;
        ExportSnapshot => snapshots::export;
        PromoteSnapshotToTemplate => snapshots::promote;
        RetryOperation => operations::retry;
        CancelOperation => operations::cancel;
        UpdateOrganization => organization::update;
        UpdateIamOrganizationPolicy => iam::organization_policy::update;
        ResetIamOrganizationPolicy => iam::organization_policy::reset;
        CreateIamRole => iam::roles::create;
        UpdateIamRole => iam::roles::update;
        UpdateIamRolePolicy => iam::roles::update_policy;
        DeleteIamRole => iam::roles::delete;
        AssumeIamRole => iam::assume::assume;
        RequestAccess => iam::access::request;
        ApproveAccessRequest => iam::access::approve;
        RefuseAccessRequest => iam::access::refuse;
        WithdrawAccessRequest => iam::access::withdraw;
        RevokeAccessGrant => iam::access::revoke;
        CreateUser => users::create;
        UpdateUserRole => users::update_role;
        DeleteUser => users::delete;
        ResendUserInvitation => users::resend;
        CreateApiKey => iam::keys::create;
        RotateApiKey => iam::keys::rotate;
        DeleteApiKey => iam::keys::delete;
        CreateAccessToken => iam::create_token;
        DeleteAccessToken => iam::delete_token;
        CreateIdentityProvider => identity_providers::create;
        UpdateIdentityProvider => identity_providers::update;
        DeleteIdentityProvider => identity_providers::delete;
        CompleteSingleSignOn => single_sign_on::complete;
        CreateSession => sessions::create;
        RedeemSignInLink => sessions::redeem;
        AcceptInvitation => users::invitations::accept;
        RequestPasswordReset => sessions::reset::request;
        ResetPassword => sessions::reset::redeem;
        DeleteSession => sessions::delete;
        ConfirmSession => sessions::confirmed::confirm;
        BeginSecondFactor => sessions::second_factor::begin;
        ConfirmSecondFactor => sessions::second_factor::confirm;
        RenewRecoveryCodes => sessions::second_factor::renew_codes;
        RemoveSecondFactor => sessions::second_factor::remove;
        CreatePasskey => sessions::passkeys::create;
        DeletePasskey => sessions::passkeys::delete;
        CreatePasskeySession => sessions::passkeys::sign_in;
        SetPassword => sessions::set_password;
        SwitchOrganization => sessions::switch;
        CreateAuditExport => audit::create_export;
        CreateWebhook => webhooks::create;
        UpdateWebhook => webhooks::update;
        RotateWebhookSecret => webhooks::rotate;
        TestWebhook => webhooks::deliveries::test;
        RedeliverWebhook => webhooks::deliveries::redeliver;
        DeleteWebhook => webhooks::delete;
        CreateListExport => list_exports::create;
        CreateSavedView => saved_views::create;
        UpdateSavedView => saved_views::update;
        DeleteSavedView => saved_views::delete;
        UpdatePreferences => preferences::update;
    }
    t.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::Kind;

    #[test]
    fn every_operation_is_served_as_what_it_is() {
        for endpoint in api::ENDPOINTS {
            let served = HANDLERS.get(endpoint.operation);
            let right = match endpoint.kind {
                Kind::Read => matches!(served, Some(Handler::Read(_))),
                Kind::Ask => matches!(served, Some(Handler::Ask(_))),
                Kind::Write | Kind::Task => matches!(served, Some(Handler::Write(_))),
                Kind::Stream => served.is_none(),
            };
            assert!(right, "{}", endpoint.operation);
        }
    }
}
