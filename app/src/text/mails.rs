//! Mails that the platform sends.

texts! {
    INVITATION_SUBJECT "Invitation to {organization}" "Einladung zu {organization}";
    INVITATION "Hello\n\n{who} invites you to the organization “{organization}” on Couloir.\n\nAccept here, once, within 7 days:\n\n{link}\n\nIf you did not expect this, there is nothing to do: the invitation ends by itself.\n" "Guten Tag\n\n{who} lädt ein, der Organisation „{organization}“ auf Couloir beizutreten.\n\nHier annehmen, einmal, innerhalb von 7 Tagen:\n\n{link}\n\nWer das nicht erwartet hat, muss nichts tun: die Einladung erlischt von selbst.\n";
    WEBHOOK_SUBJECT "The webhook {name} was paused" "Der Webhook {name} wurde pausiert";
    WEBHOOK "Hello\n\nFor three days the address of the webhook “{name}” took nothing:\n\n{url}\n\nSo it was paused. Nothing is lost: when the address answers again, resume it here, and it goes on where it stopped.\n\n{link}\n" "Guten Tag\n\nDrei Tage lang hat die Adresse des Webhooks „{name}“ nichts angenommen:\n\n{url}\n\nDeshalb wurde er pausiert. Verloren ist nichts: Wenn die Adresse wieder antwortet, hier fortsetzen, und er macht weiter, wo er aufgehört hat.\n\n{link}\n";
    RESET_SUBJECT "Choose a new password" "Neues Passwort wählen";
    RESET "Hello\n\nSomebody, hopefully you, asked for a new password for {email} on Couloir.\n\nChoose one here, once, within an hour:\n\n{link}\n\nAll your sessions end with it. If you did not ask for this, there is nothing to do: your password stays.\n" "Guten Tag\n\nJemand, hoffentlich Sie selbst, hat für {email} auf Couloir ein neues Passwort verlangt.\n\nHier wählen, einmal, innerhalb einer Stunde:\n\n{link}\n\nAlle Sitzungen enden damit. Wer das nicht verlangt hat, muss nichts tun: das Passwort bleibt.\n";
    ACCESS_REQUEST_SUBJECT "{who} asks for access: {what}" "{who} bittet um Zugriff: {what}";
    ACCESS_REQUEST "Hello\n\n{who} asks for this, for {hours} hours:\n\n{what}\n\nReason: {reason}\n\nApprove or refuse it here:\n\n{link}\n\nAfter a week without a decision the request lapses.\n" "Guten Tag\n\n{who} bittet darum, für {hours} Stunden:\n\n{what}\n\nGrund: {reason}\n\nHier zustimmen oder ablehnen:\n\n{link}\n\nNach einer Woche ohne Entscheidung verfällt die Bitte.\n";
    ACCESS_APPROVED_SUBJECT "You may: {what}" "Sie dürfen: {what}";
    ACCESS_APPROVED "Hello\n\n{by} has granted you this, until {ends}:\n\n{what}\n\nIt ends by itself. How long it still lasts is said here:\n\n{link}\n" "Guten Tag\n\n{by} hat Ihnen das gewährt, bis {ends}:\n\n{what}\n\nEs endet von selbst. Wie lange es noch gilt, steht hier:\n\n{link}\n";
    ACCESS_REFUSED_SUBJECT "Refused: {what}" "Abgelehnt: {what}";
    ACCESS_REFUSED "Hello\n\n{by} has refused your request:\n\n{what}\n\nAnswer: {answer}\n" "Guten Tag\n\n{by} hat Ihre Bitte abgelehnt:\n\n{what}\n\nAntwort: {answer}\n";
}
