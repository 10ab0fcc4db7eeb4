"""The login. Who the person is in the company is ``organization.Member``."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, login_name: str, password: str | None = None, *, email: str = "") -> Account:
        account = self.model(login_name=login_name, email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """アカウント: a login name (社員番号 by default), a mail address and a password.

    There are no Django groups or permissions: rights come from roles and reporting lines.
    """

    class Language(models.TextChoices):
        JA = "ja", "日本語"
        EN = "en", "English"

    login_name = models.CharField(_("ログイン名"), max_length=64, unique=True)
    email = models.EmailField(_("メールアドレス"), blank=True, db_index=True)
    is_active = models.BooleanField(_("有効"), default=True)
    language = models.CharField(_("表示言語"), max_length=2, choices=Language.choices, default=Language.JA)
    shortcuts_enabled = models.BooleanField(_("キーボードショートカット"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "login_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("アカウント")
        verbose_name_plural = _("アカウント")

    def __str__(self) -> str:
        return self.login_name
